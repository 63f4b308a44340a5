/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;

/** Which file or conversion a model folder gets. */
class TokenizerFilesTest {
  @TempDir private Path temporary;
  private Path folder;
  private Path target;

  @BeforeEach
  void folders() throws IOException {
    folder = Files.createDirectory(temporary.resolve("model"));
    target = temporary.resolve("built.json");
  }

  @Test
  void aTokenizerJsonIsTakenAsItIs() throws IOException {
    Conversions.copy("wordpiece", folder);
    Path own = Files.writeString(folder.resolve("tokenizer.json"), "{}");
    assertThat(TokenizerFiles.json(folder, target)).isEqualTo(own);
    assertThat(target).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"wordpiece, WordPiece", "bytelevel, BPE", "unigram, Unigram"})
  void withoutAConfigTheFilesDecide(String vocabulary, String model) throws IOException {
    Conversions.copy(vocabulary, folder);
    assertThat(TokenizerFiles.json(folder, target)).isEqualTo(target);
    assertThat(modelOf(target)).isEqualTo(model);
  }

  @ParameterizedTest
  @CsvSource({
    "bert, WordPiece",
    "electra, WordPiece",
    "roberta, BPE",
    "deberta-v2, Unigram",
  })
  void whereSeveralFitTheModelTypeDecides(String modelType, String model) throws IOException {
    everyVocabulary();
    json("config.json", "{\"model_type\": \"" + modelType + "\"}");
    assertThat(modelOf(TokenizerFiles.json(folder, target))).isEqualTo(model);
  }

  @Test
  void theTokenizersOwnClassGoesBeforeTheModelType() throws IOException {
    everyVocabulary();
    json("config.json", "{\"model_type\": \"deberta-v2\"}");
    json("tokenizer_config.json", "{\"tokenizer_class\": \"BertTokenizerFast\"}");
    assertThat(modelOf(TokenizerFiles.json(folder, target))).isEqualTo("WordPiece");
  }

  @Test
  void spieceModelIsTheSameFileUnderAnotherName() throws IOException {
    Conversions.copy("unigram", folder);
    Files.move(folder.resolve("spm.model"), folder.resolve("spiece.model"));
    assertThat(modelOf(TokenizerFiles.json(folder, target))).isEqualTo("Unigram");
  }

  @Test
  void severalThatFitWithoutAModelTypeAreRefused() throws IOException {
    everyVocabulary();
    refused("several tokenizers [WORDPIECE, BYTE_LEVEL_BPE, SENTENCEPIECE]", "config.json");
  }

  @Test
  void aFolderWithoutAnyTokenizerSaysWhatWasLookedFor() {
    refused(
        "[" + folder + "]",
        "tokenizer.json, vocab.txt, vocab.json with merges.txt, spm.model, spiece.model");
  }

  @Test
  void vocabJsonWithoutMergesIsNoTokenizer() throws IOException {
    Conversions.copy("bytelevel", folder);
    Files.delete(folder.resolve("merges.txt"));
    refused("[" + folder + "] has no tokenizer", "vocab.json with merges.txt");
  }

  @Test
  void aModelTypeWhoseFilesAreMissingNamesThem() throws IOException {
    Conversions.copy("wordpiece", folder);
    json("config.json", "{\"model_type\": \"deberta-v2\"}");
    refused("has no spm.model or spiece.model", "[SENTENCEPIECE]");
  }

  @Test
  void familiesWithOtherTemplatesAreRefused() throws IOException {
    Conversions.copy("unigram", folder);
    Path config = json("config.json", "{\"model_type\": \"xlm-roberta\"}");
    refused("[" + config + "]", "model_type [xlm-roberta]", "save the tokenizer");
    Path own = json("tokenizer_config.json", "{\"tokenizer_class\": \"T5Tokenizer\"}");
    refused("[" + own + "]", "tokenizer_class [T5Tokenizer]");
  }

  @Test
  void aMalformedConfigNamesFileAndLine() throws IOException {
    Conversions.copy("wordpiece", folder);
    Path config = json("tokenizer_config.json", "{\n\"do_lower_case\": tru\n}");
    refused("[" + config + "] line 2", "copy the file again");
    json("tokenizer_config.json", "{\"do_lower_case\": \"yes\"}");
    refused("do_lower_case [\"yes\"]", "true or false");
    json("tokenizer_config.json", "{\"cls_token\": 7}");
    refused("cls_token [7]", "must be a text");
    json("tokenizer_config.json", "[]");
    refused("[" + config + "] is not a JSON object");
  }

  @Test
  void addedTokensWithOtherIdsThanTheVocabularysAreRefused() throws IOException {
    Conversions.copy("wordpiece", folder);
    Path added = json("added_tokens.json", "{\"[SEP]\": 102}");
    refused("[" + added + "]", "[SEP]", "the id [102]", "it is [4]");
    json("added_tokens.json", "{\"[SEP]\": \"x\"}");
    refused("[" + added + "]", "[\"x\"]", "a whole number");
    Files.delete(added);
    Path config =
        json(
            "tokenizer_config.json",
            "{\"added_tokens_decoder\": {\"90000\": {\"content\": \"[NEW]\"}}}");
    refused("[" + config + "]", "[NEW]", "the id [90000]");
    json("tokenizer_config.json", "{\"added_tokens_decoder\": {\"x\": {\"content\": \"a\"}}}");
    refused("[" + config + "]", "added_tokens_decoder [x:");
  }

  @Test
  void aFailureLeavesWhatStoodThere() throws IOException {
    Files.writeString(target, "before");
    json("vocab.txt", "a\n\nb\n");
    refused("line 2");
    assertThat(target).hasContent("before");
    try (var files = Files.list(temporary)) {
      assertThat(files).containsExactlyInAnyOrder(folder, target);
    }
  }

  private void everyVocabulary() throws IOException {
    for (String vocabulary : new String[] {"wordpiece", "bytelevel", "unigram"}) {
      Conversions.copy(vocabulary, folder);
    }
  }

  private Path json(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static String modelOf(Path tokenizerJson) {
    return Conversions.JSON.readTree(tokenizerJson).path("model").path("type").stringValue();
  }

  private void refused(String... parts) {
    assertThatThrownBy(() -> TokenizerFiles.json(folder, target))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }
}
