/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.util.List;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.example.TrainingSet;
import org.stillrank.trainer.weights.ModelFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a checkpoint belongs to: all that the weights depend on, as JSON reads it back. */
final class TrainingIdentity {
  // A key that a config leaves out must not tell it from one written before the key existed.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private TrainingIdentity() {}

  /** Threads and device are not in it: a training may move to others, and rounds otherwise. */
  static JsonNode of(TrainingConfig config, TrainingSet set) throws IOException {
    ObjectNode tree = JSON.createObjectNode();
    ObjectNode settings = JSON.valueToTree(config);
    settings.remove(List.of("name", "checkpointEvery", "threads", "device", "output", "export"));
    tree.set("config", settings);
    tree.put("prepared", set.preparation().fingerprint());
    tree.put("tokenizer", FileHash.sha256(ModelFiles.tokenizer(config.start())));
    return JSON.readTree(JSON.writeValueAsString(tree));
  }
}
