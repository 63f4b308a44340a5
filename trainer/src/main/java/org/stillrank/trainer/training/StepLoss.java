/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.batching.LengthGroups;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.objective.Targets;
import org.stillrank.trainer.objective.WeightedObjectives;

/**
 * The loss of a step and its gradients, computed in parts: the gradients add up to those of the
 * whole step, because each query weighs the same wherever it is computed.
 */
final class StepLoss {
  private final Encoder encoder;
  private final WeightedObjectives objectives;
  private final LengthGroups groups;
  private final int parts;

  StepLoss(Encoder encoder, WeightedObjectives objectives, LengthGroups groups, int parts) {
    this.encoder = encoder;
    this.objectives = objectives;
    this.groups = groups;
    this.parts = parts;
  }

  /**
   * Adds the step's gradients to those of the parameters.
   *
   * @return the loss, the mean over queries
   * @throws DivergenceException when it is not finite
   */
  double addGradients(List<Example> examples) {
    double sum = 0;
    int size = (examples.size() + parts - 1) / parts;
    for (int first = 0; first < examples.size(); first += size) {
      List<Example> part = examples.subList(first, Math.min(examples.size(), first + size));
      sum += addPart(part, examples.size());
    }
    return sum;
  }

  private double addPart(List<Example> part, int queriesOfStep) {
    try (PointerScope scope = new PointerScope()) {
      List<Example> ordered = new ArrayList<>();
      Collection<List<Example>> shapes = byDocuments(part);
      shapes.forEach(ordered::addAll);
      List<TokenPair> pairs = ordered.stream().flatMap(each -> each.pairs().stream()).toList();
      Tensor logits = groups.logits(encoder, pairs, () -> {});
      Tensor loss = loss(logits, shapes, queriesOfStep);
      double value = loss.item_double();
      if (!Double.isFinite(value)) {
        throw new DivergenceException("the loss is " + value + " for " + names(part));
      }
      loss.backward();
      return value;
    }
  }

  /** Objectives want rectangles; lists that lost documents to decontamination are shorter. */
  private static Collection<List<Example>> byDocuments(List<Example> part) {
    Map<Integer, List<Example>> shapes = new LinkedHashMap<>();
    for (Example example : part) {
      shapes.computeIfAbsent(example.pairs().size(), size -> new ArrayList<>()).add(example);
    }
    return shapes.values();
  }

  private Tensor loss(Tensor logits, Collection<List<Example>> shapes, int queriesOfStep) {
    List<Tensor> losses = new ArrayList<>();
    long first = 0;
    for (List<Example> shape : shapes) {
      long documents = shape.getFirst().pairs().size();
      long count = shape.size() * documents;
      Tensor scores = logits.narrow(0, first, count).view(shape.size(), documents);
      losses.add(
          objectives
              .loss(scores, targets(shape))
              .mul(new Scalar((double) shape.size() / queriesOfStep)));
      first += count;
    }
    return losses.stream().reduce(Tensor::add).orElseThrow();
  }

  private static Targets targets(List<Example> shape) {
    double[][] teacher = new double[shape.size()][];
    for (int i = 0; i < teacher.length; i++) {
      List<Double> scores = shape.get(i).teacherScores();
      if (scores == null) {
        return Targets.positiveFirst(shape.size());
      }
      teacher[i] = scores.stream().mapToDouble(Double::doubleValue).toArray();
    }
    return Targets.positiveFirst(teacher);
  }

  static String names(List<Example> examples) {
    return examples.stream().map(each -> "[" + each.name() + "]").collect(Collectors.joining(", "));
  }
}
