/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

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
  private TrainingIdentity() {}

  /** Threads are not in it: a training may move to a machine with others, and rounds otherwise. */
  static JsonNode of(TrainingConfig config, TrainingSet set) throws IOException {
    JsonMapper json = JsonMapper.shared();
    ObjectNode tree = json.createObjectNode();
    ObjectNode settings = json.valueToTree(config);
    settings.remove(List.of("name", "checkpointEvery", "threads", "output", "export"));
    tree.set("config", settings);
    tree.put("prepared", set.preparation().fingerprint());
    tree.put("tokenizer", FileHash.sha256(ModelFiles.tokenizer(config.start())));
    return json.readTree(json.writeValueAsString(tree));
  }
}
