/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.nio.file.Path;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The {@code config.json} beside a Hugging Face model, as far as a cross-encoder needs it. */
public final class ConfigJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ConfigJson() {}

  /**
   * Reads what a folder's network is.
   *
   * @throws InvalidInputException when the file is missing, malformed, or asks for what no {@link
   *     Architecture} computes
   */
  public static Architecture read(Path file) {
    ConfigFields fields = ConfigFields.of(file);
    return switch (fields.text("model_type", "")) {
      case "bert" -> BertLikeConfig.read(fields, BertFamily.BERT);
      case "electra" -> BertLikeConfig.read(fields, BertFamily.ELECTRA);
      case "roberta" -> BertLikeConfig.read(fields, BertFamily.ROBERTA);
      case "deberta-v2" -> DebertaConfig.read(fields);
      case "modernbert" -> ModernBertConfig.read(fields);
      default ->
          throw fields.unsupported("model_type", "bert, electra, roberta, deberta-v2, modernbert");
    };
  }

  /** A cross-encoder of one output, for transformers and for {@link #read}. */
  public static String write(Architecture architecture) {
    ObjectNode root = JSON.createObjectNode();
    root.put("model_type", architecture.modelType());
    root.put("vocab_size", architecture.sizes().vocabulary());
    root.put("hidden_size", architecture.sizes().hidden());
    root.put("num_hidden_layers", architecture.sizes().layers());
    root.put("num_attention_heads", architecture.sizes().heads());
    root.put("intermediate_size", architecture.sizes().intermediate());
    root.put("initializer_range", architecture.sizes().initializerRange());
    switch (architecture) {
      case BertLike bert -> BertLikeConfig.write(root, bert);
      case DebertaV3 deberta -> DebertaConfig.write(root, deberta);
      case ModernBert modern -> ModernBertConfig.write(root, modern);
    }
    root.put("num_labels", 1);
    return JSON.writeValueAsString(root) + "\n";
  }
}
