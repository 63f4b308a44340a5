/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code tokenizer.json} in as few bytes as it takes, without tokens that no text gives. Every
 * text has the same tokens as before, under other ids.
 *
 * @param json the file's content
 * @param kept the ids that are left, as they were before: the n-th of them is n now. Empty where
 *     all are left, as in every tokenizer but WordPiece
 */
public record LeanTokenizer(String json, Optional<BitSet> kept) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Makes it of a file. */
  public static LeanTokenizer of(Path tokenizerJson) throws IOException {
    JsonNode root = JsonFile.read(tokenizerJson);
    if (!WordPieceIds.understands(root)) {
      return new LeanTokenizer(JSON.writeValueAsString(root), Optional.empty());
    }
    BitSet kept = ReachableTokens.of(tokenizerJson, root);
    WordPieceIds.keep((ObjectNode) root, kept);
    return new LeanTokenizer(JSON.writeValueAsString(root), Optional.of(kept));
  }
}
