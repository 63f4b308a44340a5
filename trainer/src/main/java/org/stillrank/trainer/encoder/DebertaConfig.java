/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code config.json} of DeBERTa-v3. */
final class DebertaConfig {
  private static final String GELU = "gelu";
  private static final String BOTH = "p2c|c2p";

  private DebertaConfig() {}

  static DebertaV3 read(ConfigFields fields) {
    fields.mustBe("hidden_act", GELU, GELU);
    fields.mustBe("pooler_hidden_act", GELU, GELU);
    fields.mustBe("norm_rel_ebd", "layer_norm", "none");
    fields.mustBe("relative_attention", "true", "false");
    fields.mustBe("share_att_key", "true", "false");
    fields.mustBe("position_biased_input", "false", "true");
    fields.mustBe("type_vocab_size", "0", "0");
    fields.mustBe("conv_kernel_size", "0", "0");
    if (!directions(fields.node("pos_att_type")).equals(Set.of("p2c", "c2p"))) {
      throw fields.unsupported("pos_att_type", BOTH);
    }
    double farthest = fields.node("max_relative_positions").asDouble(-1);
    return new DebertaV3(
        fields.sizes(fields.number("layer_norm_eps", 1e-7)),
        new RelativeBuckets(
            fields.positive("position_buckets"),
            farthest < 1 ? fields.positive("max_position_embeddings") : (int) farthest),
        new Dropout(
            fields.number("hidden_dropout_prob", 0.1),
            fields.number("attention_probs_dropout_prob", 0.1)));
  }

  /** Older files have one text with a bar between, newer ones a list. */
  private static Set<String> directions(JsonNode node) {
    return node.isArray()
        ? node.valueStream().map(JsonNode::asString).collect(Collectors.toSet())
        : Set.of(node.asString("").split("\\|"));
  }

  static void write(ObjectNode root, DebertaV3 deberta) {
    root.putArray("architectures").add("DebertaV2ForSequenceClassification");
    root.put("hidden_act", GELU);
    root.put("pooler_hidden_act", GELU);
    root.put("pooler_hidden_size", deberta.sizes().hidden());
    root.put("pooler_dropout", 0);
    root.put("norm_rel_ebd", "layer_norm");
    root.put("relative_attention", true);
    root.put("share_att_key", true);
    root.put("position_biased_input", false);
    root.put("type_vocab_size", 0);
    root.put("pos_att_type", BOTH);
    root.put("max_relative_positions", -1);
    root.put("position_buckets", deberta.buckets().buckets());
    root.put("max_position_embeddings", deberta.buckets().farthest());
    root.put("layer_norm_eps", deberta.sizes().normEpsilon());
    root.put("hidden_dropout_prob", deberta.dropout().hidden());
    root.put("attention_probs_dropout_prob", deberta.dropout().attention());
  }
}
