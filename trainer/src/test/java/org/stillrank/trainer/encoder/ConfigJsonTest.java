/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a family does not compute is refused, and not computed otherwise. */
class ConfigJsonTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "modernbert-cls, classifier_pooling, max, 'cls, mean'",
    "modernbert-cls, hidden_activation, relu, gelu",
    "modernbert-cls, norm_bias, true, false",
    "minilm, hidden_act, gelu_new, gelu",
    "roberta, position_embedding_type, relative_key, absolute",
    "electra, hidden_act, relu, gelu",
    "deberta-v3, pos_att_type, p2c, p2c|c2p",
    "deberta-v3, share_att_key, false, true",
    "deberta-v3, pooler_hidden_act, tanh, gelu",
  })
  void namesFileKeyValueAndWhatIsComputed(String backbone, String key, String value, String only)
      throws IOException {
    Path config = Backbone.named(backbone).folder().resolve("config.json");
    ObjectNode changed = (ObjectNode) JsonMapper.shared().readTree(Files.readString(config));
    changed.put(key, value);
    Path file = Files.writeString(folder.resolve("config.json"), changed.toString());
    assertThatThrownBy(() -> ConfigJson.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "["
                + file
                + "] has "
                + key
                + " ["
                + value
                + "]; computed is ["
                + only
                + "] only, choose a model of that kind");
  }
}
