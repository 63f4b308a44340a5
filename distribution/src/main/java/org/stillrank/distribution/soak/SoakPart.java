/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import org.stillrank.bench.load.Outcomes;

/**
 * A tenth of the time.
 *
 * @param minute at which it ends
 * @param residentBytes of the server, mean of one reading a second
 * @param searches of clients that wait, by when they were asked
 */
public record SoakPart(double minute, double residentBytes, Outcomes searches) {}
