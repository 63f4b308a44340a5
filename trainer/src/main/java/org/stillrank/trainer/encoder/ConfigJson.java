/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.nio.file.Files;
import java.nio.file.Path;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The {@code config.json} beside a Hugging Face model, as far as a BERT cross-encoder needs it. */
public final class ConfigJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ConfigJson() {}

  /**
   * Reads the shape of an encoder.
   *
   * @throws InvalidInputException when the file is missing, malformed, or asks for what {@code
   *     BertEncoder} does not compute
   */
  public static EncoderConfig read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "[" + file + "] does not exist; give a folder with the model's config.json");
    }
    JsonNode root;
    try {
      root = JSON.readTree(file);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + file + "] is not JSON: " + e.getOriginalMessage() + "; fetch it again", e);
    }
    Fields fields = new Fields(file, root);
    fields.mustBe("model_type", "bert", "bert");
    fields.mustBe("hidden_act", "gelu", "gelu");
    fields.mustBe("position_embedding_type", "absolute", "absolute");
    return new EncoderConfig(
        "bert",
        fields.positive("vocab_size"),
        fields.positive("hidden_size"),
        fields.positive("num_hidden_layers"),
        fields.positive("num_attention_heads"),
        fields.positive("intermediate_size"),
        fields.positive("max_position_embeddings"),
        fields.positive("type_vocab_size"),
        fields.number("layer_norm_eps", 1e-12),
        fields.number("hidden_dropout_prob", 0.1),
        fields.number("attention_probs_dropout_prob", 0.1),
        fields.number("initializer_range", 0.02));
  }

  /** A cross-encoder of one output with this shape, for transformers and for {@link #read}. */
  public static String write(EncoderConfig config) {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("architectures").add("BertForSequenceClassification");
    root.put("model_type", config.modelType());
    root.put("hidden_act", "gelu");
    root.put("vocab_size", config.vocabularySize());
    root.put("hidden_size", config.hiddenSize());
    root.put("num_hidden_layers", config.layers());
    root.put("num_attention_heads", config.heads());
    root.put("intermediate_size", config.intermediateSize());
    root.put("max_position_embeddings", config.maxPositions());
    root.put("type_vocab_size", config.tokenTypes());
    root.put("layer_norm_eps", config.layerNormEpsilon());
    root.put("hidden_dropout_prob", config.hiddenDropout());
    root.put("attention_probs_dropout_prob", config.attentionDropout());
    root.put("initializer_range", config.initializerRange());
    root.put("num_labels", 1);
    return JSON.writeValueAsString(root) + "\n";
  }

  private record Fields(Path file, JsonNode root) {
    void mustBe(String key, String supported, String absentMeans) {
      String value = root.path(key).asString(absentMeans);
      if (!value.equals(supported)) {
        throw new InvalidInputException(
            "["
                + file
                + "] has "
                + key
                + " ["
                + value
                + "]; this encoder computes ["
                + supported
                + "] only, choose a model of that kind");
      }
    }

    int positive(String key) {
      JsonNode node = root.path(key);
      if (!node.isInt() || node.intValue() <= 0) {
        throw new InvalidInputException(
            "[" + file + "] has " + key + " [" + node + "]; it must be a whole number above 0");
      }
      return node.intValue();
    }

    double number(String key, double absentMeans) {
      JsonNode node = root.path(key);
      if (node.isMissingNode()) {
        return absentMeans;
      }
      if (!node.isNumber() || node.doubleValue() < 0) {
        throw new InvalidInputException(
            "[" + file + "] has " + key + " [" + node + "]; it must be a number, 0 or more");
      }
      return node.doubleValue();
    }
  }
}
