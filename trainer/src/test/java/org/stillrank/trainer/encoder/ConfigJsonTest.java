/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a family does not compute is refused, and not computed otherwise. */
class ConfigJsonTest {
  @TempDir private Path folder;

  /** The first ones say it by rules, the second ones layer by layer. */
  @Test
  void theKeysOfTransformersFiveSayWhatThoseOfFourSaid() throws IOException {
    Path config = Backbone.named("modernbert-cls").folder().resolve("config.json");
    ObjectNode newer = (ObjectNode) JsonMapper.shared().readTree(Files.readString(config));
    newer.remove(List.of("global_attn_every_n_layers", "global_rope_theta", "local_rope_theta"));
    ArrayNode types = newer.putArray("layer_types");
    for (int layer = 0; layer < 7; layer++) {
      types.add(layer % 3 == 0 ? "full_attention" : "sliding_attention");
    }
    ObjectNode rope = newer.putObject("rope_parameters");
    rope.putObject("full_attention").put("rope_type", "default").put("rope_theta", 160_000.0);
    rope.putObject("sliding_attention").put("rope_type", "default").put("rope_theta", 10_000.0);
    Path file = Files.writeString(folder.resolve("config.json"), newer.toString());
    assertThat(ConfigJson.read(file)).isEqualTo(ConfigJson.read(config));

    types.set(1, "full_attention");
    ((ObjectNode) rope.get("full_attention")).put("rope_theta", 80_000.0);
    Files.writeString(file, newer.toString());
    assertThat(((ModernBert) ConfigJson.read(file)).reaches())
        .extracting(ModernBert.Reach::theta)
        .containsExactly(80_000.0, 80_000.0, 10_000.0, 80_000.0, 10_000.0, 10_000.0, 80_000.0);
  }

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
