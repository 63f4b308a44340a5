/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.nio.file.Files;
import java.nio.file.Path;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shape of a BERT-like encoder, as a Hugging Face {@code config.json} gives it.
 *
 * @param modelType the family, {@code bert}
 * @param vocabularySize rows of the word embedding table
 * @param hiddenSize width of a token's vector
 * @param layers transformer layers
 * @param heads attention heads; divides {@code hiddenSize}
 * @param intermediateSize width inside the feed-forward block
 * @param maxPositions rows of the position table, the longest pair in tokens
 * @param tokenTypes rows of the token type table
 * @param layerNormEpsilon added to the variance in every LayerNorm
 * @param hiddenDropout probability, after embeddings, blocks and pooler, in training only
 * @param attentionDropout probability, on the attention weights, in training only
 * @param initializerRange standard deviation of freshly drawn weights
 */
public record EncoderConfig(
    String modelType,
    int vocabularySize,
    int hiddenSize,
    int layers,
    int heads,
    int intermediateSize,
    int maxPositions,
    int tokenTypes,
    double layerNormEpsilon,
    double hiddenDropout,
    double attentionDropout,
    double initializerRange) {

  public EncoderConfig {
    if (heads <= 0 || hiddenSize % heads != 0) {
      throw new InvalidInputException(
          "num_attention_heads ["
              + heads
              + "] does not divide hidden_size ["
              + hiddenSize
              + "]; correct one of them");
    }
  }

  /** An uncased English BERT of the given size, everything else as bert-base-uncased has it. */
  public static EncoderConfig bertUncased(
      int layers, int hiddenSize, int heads, int intermediateSize) {
    return new EncoderConfig(
        "bert", 30_522, hiddenSize, layers, heads, intermediateSize, 512, 2, 1e-12, 0.1, 0.1, 0.02);
  }

  /**
   * Reads a {@code config.json}.
   *
   * @throws InvalidInputException when it is missing, malformed, or asks for what {@code
   *     BertEncoder} does not compute
   */
  public static EncoderConfig read(Path configJson) {
    if (!Files.isRegularFile(configJson)) {
      throw new InvalidInputException(
          "[" + configJson + "] does not exist; give a folder with the model's config.json");
    }
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(configJson);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + configJson + "] is not JSON: " + e.getOriginalMessage() + "; fetch it again", e);
    }
    Fields fields = new Fields(configJson, root);
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

  /** Width of one attention head. */
  public int headSize() {
    return hiddenSize / heads;
  }

  /** The same network with embedding tables of other lengths. */
  public EncoderConfig withTables(int words, int positions, int types) {
    return new EncoderConfig(
        modelType,
        words,
        hiddenSize,
        layers,
        heads,
        intermediateSize,
        positions,
        types,
        layerNormEpsilon,
        hiddenDropout,
        attentionDropout,
        initializerRange);
  }

  /** The same network with other dropout probabilities. */
  public EncoderConfig withDropout(double hidden, double attention) {
    return new EncoderConfig(
        modelType,
        vocabularySize,
        hiddenSize,
        layers,
        heads,
        intermediateSize,
        maxPositions,
        tokenTypes,
        layerNormEpsilon,
        hidden,
        attention,
        initializerRange);
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
