/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.batching.Activations;
import org.stillrank.trainer.batching.LengthGroups;
import org.stillrank.trainer.batching.RecomputedLogits;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.objective.ListTargets;
import org.stillrank.trainer.objective.Targets;
import org.stillrank.trainer.objective.WeightedObjectives;

/**
 * The loss of a step and its gradients, computed in parts: the gradients add up to those of the
 * whole step, because a part is divided by what the whole step counts.
 */
final class StepLoss {
  private final Encoder encoder;
  private final WeightedObjectives objectives;
  private final LengthGroups groups;
  private final int parts;
  private final Activations activations;

  StepLoss(
      Encoder encoder,
      WeightedObjectives objectives,
      LengthGroups groups,
      int parts,
      Activations activations) {
    this.encoder = encoder;
    this.objectives = objectives;
    this.groups = groups;
    this.parts = parts;
    this.activations = activations;
  }

  /**
   * Adds the step's gradients to those of the parameters.
   *
   * @return the loss of the step
   * @throws DivergenceException when it is not finite
   */
  double addGradients(List<Example> examples) {
    Targets step = targets(examples);
    double sum = 0;
    int size = (examples.size() + parts - 1) / parts;
    for (int first = 0; first < examples.size(); first += size) {
      sum += addPart(examples.subList(first, Math.min(examples.size(), first + size)), step);
    }
    return sum;
  }

  private double addPart(List<Example> part, Targets step) {
    try (PointerScope scope = new PointerScope()) {
      List<TokenPair> pairs = part.stream().flatMap(each -> each.pairs().stream()).toList();
      return switch (activations) {
        case KEPT -> backward(groups.logits(encoder, pairs, () -> {}), part, step);
        case RECOMPUTED -> {
          RecomputedLogits recomputed = new RecomputedLogits(encoder, pairs, groups);
          double loss = backward(recomputed.logits(), part, step);
          recomputed.backward();
          yield loss;
        }
      };
    }
  }

  private double backward(Tensor logits, List<Example> part, Targets step) {
    Targets targets = targets(part);
    Tensor loss = objectives.loss(padded(logits, targets), targets, step);
    double value = loss.item_double();
    if (!Double.isFinite(value)) {
      throw new DivergenceException("the loss is " + value + " for " + names(part));
    }
    loss.backward();
    return value;
  }

  private static Targets targets(List<Example> examples) {
    return new Targets(examples.stream().map(Example::targets).toList());
  }

  /** From one list behind the other to [queries, longest list], padded with its first score. */
  private static Tensor padded(Tensor logits, Targets targets) {
    int width = targets.longest();
    long[] places = new long[targets.lists().size() * width];
    int cell = 0;
    long first = 0;
    for (ListTargets list : targets.lists()) {
      for (int column = 0; column < width; column++) {
        places[cell++] = column < list.documents() ? first + column : first;
      }
      first += list.documents();
    }
    Tensor index = AbstractTensor.create(places).to(logits.device(), ScalarType.Long);
    return logits.index_select(0, index).view(targets.lists().size(), width);
  }

  static String names(List<Example> examples) {
    return examples.stream().map(each -> "[" + each.name() + "]").collect(Collectors.joining(", "));
  }
}
