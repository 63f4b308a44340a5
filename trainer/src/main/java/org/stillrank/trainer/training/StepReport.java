/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

/**
 * What one optimiser step did.
 *
 * @param loss mean over the step's queries, before the step
 * @param learningRate of the step
 * @param gradientNorm of all gradients together, before clipping
 * @param pairs query-passage pairs
 * @param tokens of those pairs, padding not counted
 */
record StepReport(double loss, double learningRate, double gradientNorm, int pairs, long tokens) {}
