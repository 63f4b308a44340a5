/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a {@code tokenizer.json} says about its tokens.
 *
 * @param highestId the highest id the tokenizer can answer; a model needs that many embeddings plus
 *     one
 * @param padId the id that fills batches. Positions after the text are masked out, but RoBERTa's
 *     graphs count positions by it, so it has to be the right one
 */
public record Vocabulary(int highestId, int padId) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> PAD_TOKENS = List.of("[PAD]", "<pad>", "<|padding|>");

  /** Reads it, without any limit on size other than the heap. */
  static Vocabulary read(Path tokenizerJson) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(tokenizerJson);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + tokenizerJson + "] is not JSON (" + e.getOriginalMessage() + "); copy it again", e);
    }
    return new Vocabulary(highestId(root), padId(root));
  }

  private static int highestId(JsonNode root) {
    int highest = 0;
    JsonNode vocabulary = root.path("model").path("vocab");
    if (vocabulary.isArray()) {
      highest = vocabulary.size() - 1; // Unigram: a token's id is its place in the list
    } else {
      for (JsonNode id : vocabulary) {
        highest = Math.max(highest, id.asInt());
      }
    }
    for (JsonNode added : root.path("added_tokens")) {
      highest = Math.max(highest, added.path("id").asInt());
    }
    return highest;
  }

  private static int padId(JsonNode root) {
    JsonNode padding = root.path("padding").path("pad_id");
    if (padding.isInt()) {
      return padding.asInt();
    }
    for (JsonNode added : root.path("added_tokens")) {
      if (PAD_TOKENS.contains(added.path("content").asString())) {
        return added.path("id").asInt();
      }
    }
    return 0;
  }
}
