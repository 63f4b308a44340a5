/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Tensors of whole numbers. Older transformers kept the constants 0, 1, 2, ... with the weights;
 * they are left out, as is every tensor of that name. Any other one is refused: left out silently,
 * a quantised model would look like one that lacks layers.
 */
final class IntegerBuffers {
  private static final List<String> CONSTANTS = List.of("position_ids", "token_type_ids");

  private IntegerBuffers() {}

  /** Whether a tensor of this name is a constant that no encoder reads from a file. */
  static boolean isConstant(String name) {
    return CONSTANTS.stream().anyMatch(name::endsWith);
  }

  /** The error of a tensor that cannot be a weight. */
  static InvalidInputException notWeights(Path file, String name, String type) {
    return new InvalidInputException(
        "["
            + file
            + "] tensor ["
            + name
            + "] has the type ["
            + type
            + "]; weights are one of "
            + Arrays.stream(ElementType.values()).filter(ElementType::isFloat).toList()
            + ": save the model in float32 and try again");
  }
}
