/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SequencedMap;
import org.stillrank.testing.SharedFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of weights.py, and what torch read from them. */
final class TorchFixtures {
  private TorchFixtures() {}

  static Path file(String name) {
    return SharedFiles.project("trainer/src/test/resources/weights").resolve(name);
  }

  /** Names, shapes, and values to the last bit. */
  static void assertEqual(SequencedMap<String, FloatTensor> read, String expected) {
    JsonNode tensors = JsonMapper.shared().readTree(file("expected.json")).path(expected);
    assertThat(read.keySet())
        .containsExactlyInAnyOrderElementsOf(tensors.propertyNames())
        .isNotEmpty();
    read.forEach((name, tensor) -> {
      JsonNode wanted = tensors.path(name);
      assertThat(tensor.shape())
          .as(name)
          .containsExactly(
              wanted.path("shape").valueStream().mapToLong(JsonNode::longValue).toArray());
      JsonNode values = wanted.path("values");
      assertThat(tensor.values()).as(name).hasSize(values.size());
      for (int i = 0; i < values.size(); i++) {
        assertThat(tensor.values()[i]).as(name).isEqualTo((float) values.get(i).doubleValue());
      }
    });
  }
}
