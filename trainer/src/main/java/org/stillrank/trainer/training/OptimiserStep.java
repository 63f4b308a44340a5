/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.optimisation.AdamW;
import org.stillrank.trainer.optimisation.LinearSchedule;

/** One step: gradients of its examples, clipped by their global norm, and new weights. */
final class OptimiserStep {
  private final Examples examples;
  private final StepLoss loss;
  private final AdamW optimiser;
  private final LinearSchedule schedule;
  private final double clip;
  private final long seed;

  OptimiserStep(
      Examples examples,
      StepLoss loss,
      AdamW optimiser,
      LinearSchedule schedule,
      double clip,
      long seed) {
    this.examples = examples;
    this.loss = loss;
    this.optimiser = optimiser;
    this.schedule = schedule;
    this.clip = clip;
    this.seed = seed;
  }

  /**
   * Does a step; steps count from 0. The weights are untouched when it fails.
   *
   * @throws DivergenceException naming the examples when loss or gradients are not finite
   */
  StepReport run(int step) {
    torch.manual_seed(Seeds.of(seed, step));
    List<Example> ofStep = examples.ofStep(step);
    optimiser.forgetGradients();
    try {
      double value = loss.addGradients(ofStep);
      double norm = optimiser.clip(clip);
      if (!Double.isFinite(norm)) {
        throw new DivergenceException(
            "the gradient norm is " + norm + " for " + StepLoss.names(ofStep));
      }
      double rate = schedule.rate(step);
      optimiser.step(rate);
      List<TokenPair> pairs = ofStep.stream().flatMap(each -> each.pairs().stream()).toList();
      return new StepReport(
          value, rate, norm, pairs.size(), pairs.stream().mapToLong(TokenPair::length).sum());
    } catch (DivergenceException e) {
      throw new DivergenceException(
          "training stopped at step "
              + (step + 1)
              + ": "
              + e.getMessage()
              + "; lower learning_rate, or look at these texts and their teacher scores");
    }
  }
}
