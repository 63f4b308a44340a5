/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.log;

/**
 * One measurement of the held-out queries.
 *
 * @param step steps done before it
 * @param measure such as {@code nDCG@10}
 * @param value mean over the queries
 * @param bestStep the step of the best value so far
 * @param seconds it took
 */
public record ValidationRecord(
    int step, String measure, double value, int bestStep, double seconds) {}
