/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.log;

/**
 * One optimiser step.
 *
 * @param step steps done with it
 * @param loss mean over the step's queries, before the step
 * @param learningRate of the step
 * @param gradientNorm of all gradients together, before clipping
 * @param pairsPerSecond query-passage pairs, over the whole step
 * @param tokensPerSecond tokens of those pairs, padding not counted
 */
public record StepRecord(
    int step,
    double loss,
    double learningRate,
    double gradientNorm,
    double pairsPerSecond,
    double tokensPerSecond) {}
