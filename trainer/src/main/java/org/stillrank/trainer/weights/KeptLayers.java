/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Architecture;

/**
 * The layers of a deeper network that a shallower one starts with, in their order.
 *
 * @param indices ascending, from 0
 */
record KeptLayers(List<Integer> indices) {
  private static final Pattern LAYER = Pattern.compile("(.*\\.layer\\.)(\\d+)(\\..*)");

  /**
   * @throws InvalidInputException when they are none, negative or do not ascend
   */
  static KeptLayers of(List<Integer> indices) {
    boolean ascending = !indices.isEmpty() && indices.getFirst() >= 0;
    for (int i = 1; i < indices.size(); i++) {
      ascending &= indices.get(i - 1) < indices.get(i);
    }
    if (!ascending) {
      throw new InvalidInputException(
          "[start_layers] is " + indices + "; give indices of layers from 0, ascending");
    }
    return new KeptLayers(indices);
  }

  /**
   * The network of these layers alone; embeddings and head are as before.
   *
   * @throws InvalidInputException when the network has no such layer
   */
  StartWeights in(StartWeights whole) {
    Architecture architecture = whole.architecture();
    if (indices.getLast() >= architecture.sizes().layers()) {
      throw new InvalidInputException(
          "[start_layers] is "
              + indices
              + ", but the start has the layers 0 to ["
              + (architecture.sizes().layers() - 1)
              + "]; name some of them");
    }
    SequencedMap<String, FloatTensor> tensors = new LinkedHashMap<>();
    whole
        .tensors()
        .forEach((name, tensor) -> {
          Matcher layer = LAYER.matcher(name);
          if (!layer.matches()) {
            tensors.put(name, tensor);
          } else if (indices.contains(Integer.valueOf(layer.group(2)))) {
            int place = indices.indexOf(Integer.valueOf(layer.group(2)));
            tensors.put(layer.group(1) + place + layer.group(3), tensor);
          }
        });
    return new StartWeights(architecture.withLayers(indices.size()), tensors, whole.fresh());
  }
}
