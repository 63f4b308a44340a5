/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.PairLimits;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens a cross-encoder folder as the Hugging Face libraries write it: {@code config.json}, {@code
 * tokenizer.json}, and {@code onnx/model.onnx} or {@code model.onnx}.
 */
final class HuggingFaceFolder {
  static final String CONFIG_NAME = "config.json";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> MODEL_NAMES = List.of("onnx/model.onnx", "model.onnx");
  // No published cross-encoder of these families reads more; ModernBERT's 8,192 positions would
  // make every long document cost sixteen times as much without being asked for.
  private static final int LONGEST_DEFAULT = 512;
  private static final List<String> PAD_OFFSET_FAMILIES =
      List.of("roberta", "xlm-roberta", "camembert");

  private HuggingFaceFolder() {}

  static ModelBundle open(Path directory) throws IOException {
    JsonNode config = config(directory.resolve(CONFIG_NAME));
    Path tokenizer = directory.resolve(BundleManifest.TOKENIZER_NAME);
    if (!Files.isRegularFile(tokenizer)) {
      throw new InvalidInputException(
          "["
              + tokenizer
              + "] is missing; save the model's fast tokenizer there (save_pretrained)");
    }
    Path model = model(directory);
    JsonNode padId = config.path("pad_token_id");
    return new ModelBundle(
        String.valueOf(directory.toAbsolutePath().normalize().getFileName()),
        directory,
        model,
        ModelHash.of(model, FileHash.sha256(model)),
        tokenizer,
        new PairLimits(maxLength(config), BundleManifest.DEFAULT_MAX_QUERY_LENGTH),
        BundleManifest.DEFAULT_SEPARATOR,
        padId.isInt() ? Optional.of(padId.asInt()) : Optional.empty(),
        Optional.empty());
  }

  private static JsonNode config(Path file) {
    try {
      return JSON.readTree(file);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + file + "] is not whole JSON (" + e.getOriginalMessage() + "); copy it again", e);
    }
  }

  private static Path model(Path directory) {
    return MODEL_NAMES.stream()
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "["
                    + directory
                    + "] has none of "
                    + MODEL_NAMES
                    + "; export the model to ONNX (optimum-cli export onnx --task"
                    + " text-classification)"));
  }

  private static int maxLength(JsonNode config) {
    int positions = config.path("max_position_embeddings").asInt(LONGEST_DEFAULT);
    if (PAD_OFFSET_FAMILIES.contains(config.path("model_type").asString())) {
      positions -= 2; // RoBERTa counts positions from padding_idx + 1
    }
    return Math.min(positions, LONGEST_DEFAULT);
  }
}
