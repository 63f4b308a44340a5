/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code tokenizer.json} of a model folder, built where the folder has none.
 *
 * <p>Many published backbones hold only what their own tokenizer reads: {@code vocab.txt}
 * (WordPiece), {@code vocab.json} with {@code merges.txt} (byte-level BPE), {@code spm.model} or
 * {@code spiece.model} (SentencePiece). What is built is what transformers 4 saves for the fast
 * tokenizer of such a folder ({@code convert_slow_tokenizer.py}), with the same ids.
 */
public final class TokenizerFiles {
  private static final JsonMapper JSON = JsonMapper.shared();

  private TokenizerFiles() {}

  /**
   * The folder's own {@code tokenizer.json} where it has one, else {@code target}, in which one has
   * been built; nothing half-written is left there.
   *
   * @throws InvalidInputException when the folder has no tokenizer, one of a kind that is not built
   *     here, or a malformed one
   * @throws IOException when a file cannot be read or written
   */
  public static Path json(Path folder, Path target) throws IOException {
    Path own = folder.resolve("tokenizer.json");
    if (Files.isRegularFile(own)) {
      return own;
    }
    TokenizerConfig config = TokenizerConfig.read(folder);
    ObjectNode built = TokenizerFamily.of(folder, config).build(folder, config);
    AtomicOutput.file(target, out -> out.write(JSON.writeValueAsBytes(built)));
    return target;
  }
}
