/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stillrank.trainer.encoder.ModernBert.Pooling;
import org.stillrank.trainer.encoder.ModernBert.Reach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code config.json} of ModernBERT and Ettin: with the keys of transformers 4 ({@code
 * global_rope_theta}, {@code global_attn_every_n_layers}) or 5 ({@code rope_parameters}, {@code
 * layer_types}).
 */
final class ModernBertConfig {
  private static final String GELU = "gelu";
  private static final String FULL = "full_attention";
  private static final String SLIDING = "sliding_attention";

  private ModernBertConfig() {}

  static ModernBert read(ConfigFields fields) {
    fields.mustBe("hidden_activation", GELU, GELU);
    fields.mustBe("classifier_activation", GELU, GELU);
    fields.mustBe("norm_bias", "false", "false");
    fields.mustBe("attention_bias", "false", "false");
    fields.mustBe("mlp_bias", "false", "false");
    Sizes sizes = fields.sizes(fields.number("norm_eps", 1e-5));
    return new ModernBert(
        sizes,
        fields.positive("max_position_embeddings"),
        reaches(fields, sizes.layers()),
        switch (fields.text("classifier_pooling", "cls")) {
          case "cls" -> Pooling.CLS;
          case "mean" -> Pooling.MEAN;
          default -> throw fields.unsupported("classifier_pooling", "cls, mean");
        },
        fields.flag("classifier_bias", false),
        new Dropout(fields.number("classifier_dropout", 0), fields.number("attention_dropout", 0)));
  }

  private static List<Reach> reaches(ConfigFields fields, int layers) {
    int reach = fields.positive("local_attention", 128) / 2;
    double global = theta(fields, FULL, "global_rope_theta", 160_000);
    double local = theta(fields, SLIDING, "local_rope_theta", 10_000);
    int every = fields.positive("global_attn_every_n_layers", 3);
    JsonNode types = fields.node("layer_types");
    List<Reach> reaches = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      boolean sliding =
          types.isArray() ? types.path(layer).asString("").equals(SLIDING) : layer % every != 0;
      reaches.add(sliding ? new Reach(local, reach) : new Reach(global, 0));
    }
    return reaches;
  }

  private static double theta(ConfigFields fields, String type, String older, double absentMeans) {
    JsonNode newer = fields.node("rope_parameters").path(type).path("rope_theta");
    return newer.isNumber() ? newer.doubleValue() : fields.number(older, absentMeans);
  }

  static void write(ObjectNode root, ModernBert modern) {
    root.putArray("architectures").add("ModernBertForSequenceClassification");
    root.put("hidden_activation", GELU);
    root.put("classifier_activation", GELU);
    root.put("norm_bias", false);
    root.put("attention_bias", false);
    root.put("mlp_bias", false);
    root.put("norm_eps", modern.sizes().normEpsilon());
    root.put("max_position_embeddings", modern.positions());
    root.put("classifier_pooling", modern.pooling().name().toLowerCase(Locale.ROOT));
    root.put("classifier_bias", modern.classifierBias());
    root.put("classifier_dropout", modern.dropout().hidden());
    root.put("embedding_dropout", modern.dropout().hidden());
    root.put("mlp_dropout", modern.dropout().hidden());
    root.put("attention_dropout", modern.dropout().attention());
    ArrayNode types = root.putArray("layer_types");
    ObjectNode rope = root.putObject("rope_parameters");
    for (Reach reach : modern.reaches()) {
      String type = reach.local() == 0 ? FULL : SLIDING;
      types.add(type);
      rope.putObject(type).put("rope_type", "default").put("rope_theta", reach.theta());
      if (reach.local() > 0) {
        root.put("local_attention", 2 * reach.local());
      }
    }
  }
}
