/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.Weights;

class ModelFilesTest {
  @TempDir Path folder;

  @Test
  void aFolderWithAVocabularyAloneGetsATokenizerOutsideOfIt() throws IOException {
    Files.writeString(
        folder.resolve("config.json"), "{\"model_type\": \"bert\", \"vocab_size\": 6}");
    Files.write(
        folder.resolve("vocab.txt"), List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "cat"));
    Path tokenizer = ModelFiles.tokenizer(new Weights(folder.toString(), null, "Apache-2.0"));
    try {
      assertThat(tokenizer).isNotEmptyFile();
      assertThat(Files.readString(tokenizer)).contains("WordPiece", "cat");
      assertThat(folder.resolve("tokenizer.json")).doesNotExist();
    } finally {
      Files.delete(tokenizer);
    }
  }

  @Test
  void aFolderWithoutAnyTokenizerIsRefused() {
    assertThatThrownBy(
            () -> ModelFiles.tokenizer(new Weights(folder.toString(), null, "Apache-2.0")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(folder.toString());
  }
}
