/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import org.stillrank.bench.comparison.Comparison;
import org.stillrank.bench.measure.Measure;

/**
 * A system against the first stage in one measure.
 *
 * @param correctedPValue of the randomisation test, by Holm over all systems in this measure
 */
public record SystemTest(
    Measure measure,
    String baseline,
    String system,
    Comparison comparison,
    double correctedPValue) {}
