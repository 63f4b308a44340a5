/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

/** A value at a place. */
public record Point(double x, double y) {}
