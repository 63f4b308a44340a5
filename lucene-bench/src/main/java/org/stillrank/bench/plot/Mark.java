/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

/**
 * A point that stands out.
 *
 * @param words beside it
 */
public record Mark(Point point, String words) {}
