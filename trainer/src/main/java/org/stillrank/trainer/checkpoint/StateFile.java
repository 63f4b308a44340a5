/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.stillrank.reranker.storage.AtomicOutput;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code state.json} of a checkpoint.
 *
 * @param format version of the layout
 * @param state where the training stands
 * @param identity what the training is: its config and data; checkpoints of another are not used
 * @param sha256 of the tensor files by name
 */
record StateFile(int format, TrainingState state, JsonNode identity, Map<String, String> sha256) {
  static final String NAME = "state.json";
  static final int FORMAT = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  void write(Path folder) throws IOException {
    AtomicOutput.file(
        folder.resolve(NAME),
        out -> out.write((JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  static StateFile read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw Checkpoints.damaged(folder, NAME + " is missing", null);
    }
    try {
      StateFile read = JSON.readValue(Files.readString(file), StateFile.class);
      if (read.format != FORMAT || read.state == null || read.identity == null) {
        throw Checkpoints.damaged(folder, NAME + " is not of format " + FORMAT, null);
      }
      return read;
    } catch (JacksonException e) {
      throw Checkpoints.damaged(folder, NAME + ": " + e.getOriginalMessage(), e);
    }
  }
}
