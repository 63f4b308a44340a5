/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.util.List;

/**
 * How Morand et al. 2026 (arXiv 2603.03010) train a backbone: AdamW, linear warm-up, then linear
 * decay to 0. Their code is the source, xpmir/cross-encoders.
 *
 * @param learningRate the highest rate
 * @param batch triples of a step of the pairwise objectives; lists have fewer queries, see the
 *     paper's table of objectives
 * @param steps optimiser steps
 * @param warmupSteps steps in which the rate rises
 * @param weightDecay of all parameters
 * @param clip largest norm of all gradients together
 * @param seeds of the repetitions: NumPy's {@code RandomState(12 + i).randint(2**32 - 1)}
 */
public record BackboneTraining(
    double learningRate,
    int batch,
    int steps,
    int warmupSteps,
    double weightDecay,
    double clip,
    List<Long> seeds) {

  public BackboneTraining {
    seeds = List.copyOf(seeds);
    Bound.positive("learning_rate", learningRate);
    Bound.atLeast("batch", batch, 1);
    Bound.atLeast("steps", steps, 1);
    Bound.atLeast("warmup_steps", warmupSteps, 0);
    Bound.notNegative("weight_decay", weightDecay);
    Bound.positive("clip", clip);
    Bound.notEmpty("seeds", seeds);
  }
}
