/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

import org.stillrank.bench.measure.Measure;

/**
 * One comparison of a report.
 *
 * @param system name of the system compared with the report's baseline
 * @param tTestHolm the t-test's p value after Holm's correction over the report's systems in this
 *     measure
 * @param randomizationHolm the same for the randomisation test
 */
public record CorrectedComparison(
    Measure measure,
    String system,
    Comparison comparison,
    double tTestHolm,
    double randomizationHolm) {}
