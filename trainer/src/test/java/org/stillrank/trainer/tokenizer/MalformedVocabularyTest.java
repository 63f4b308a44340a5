/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.sentencepiece.ModelProto;
import org.stillrank.trainer.sentencepiece.ModelProto.SentencePiece;
import tools.jackson.databind.JsonNode;

/** Vocabularies, merges and SentencePiece models that cannot be used. */
class MalformedVocabularyTest {
  private static final String WORDPIECE = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##b\n";
  private static final String BYTE_LEVEL =
      "{\"<s>\": 0, \"<pad>\": 1, \"</s>\": 2, \"<unk>\": 3, \"a\": 4, \"b\": 5, \"ab\": 6}";

  @TempDir private Path folder;

  @Test
  void aRepeatedTokenNamesBothLines() throws IOException {
    refused(write("vocab.txt", WORDPIECE + "a\n"), "line 8", "[a]", "line 6", "copy the file");
  }

  @Test
  void anEmptyLineInTheMiddleIsRefusedAndAtTheEndLeftOut() throws IOException {
    refused(write("vocab.txt", WORDPIECE + "\nc\n"), "line 8", "is empty");
    write("vocab.txt", WORDPIECE + "\n\n");
    assertThat(build().path("model").path("vocab").size()).isEqualTo(7);
  }

  @Test
  void windowsLineEndsAreNoPartOfTheTokens() throws IOException {
    write("vocab.txt", WORDPIECE.replace("\n", "\r\n"));
    assertThat(build().path("model").path("vocab").path("##b").asInt(-1)).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[UNK]", "[CLS]", "[SEP]", "[PAD]"})
  void aVocabularyWithoutASpecialTokenIsRefused(String token) throws IOException {
    refused(
        write("vocab.txt", WORDPIECE.replace(token, "[other]")),
        "lacks the token [" + token + "]",
        "tokenizer_config.json");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() throws IOException {
    Path file = folder.resolve("vocab.txt");
    Files.write(file, "caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(file, "UTF-8");
  }

  @Test
  void mergesOfUnknownTokensNameTheirLine() throws IOException {
    write("vocab.json", BYTE_LEVEL);
    refused(write("merges.txt", "#version: 0.2\na b\na c\n"), "line 3", "[a c]", "token [c]");
    refused(write("merges.txt", "#version: 0.2\nb a\n"), "line 2", "[b a]", "token [ba]");
    write("merges.txt", "a b\n"); // the first line is a merge where there is no header
    assertThat(build().path("model").path("merges").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "a  b", "a b c", " a", ""})
  void aMergeIsTwoTokens(String line) throws IOException {
    write("vocab.json", BYTE_LEVEL);
    refused(
        write("merges.txt", "#version: 0.2\n" + line + "\na b\n"),
        "line 2 is [" + line + "]",
        "two tokens");
  }

  @Test
  void idsOfAVocabularyObjectAreEachOnceAndWithoutGaps() throws IOException {
    write("merges.txt", "#version: 0.2\n");
    refused(write("vocab.json", BYTE_LEVEL.replace("6", "5")), "id [5]", "[b] and [ab]");
    refused(write("vocab.json", BYTE_LEVEL.replace("6", "8")), "[7] tokens", "id [6]");
    refused(write("vocab.json", BYTE_LEVEL.replace("6", "\"6\"")), "[ab]", "[\"6\"]");
    refused(write("vocab.json", BYTE_LEVEL.replace("6", "-1")), "[ab]", "[-1]");
    refused(write("vocab.json", BYTE_LEVEL.replace("\"ab\"", "\"a\"")), "line 1", "copy the file");
    refused(write("vocab.json", BYTE_LEVEL.replace("</s>", "<e>")), "lacks the token [</s>]");
  }

  @Test
  void aModelCutShortAnywhereIsRefused() throws IOException {
    Path file = Conversions.copy("unigram", folder).resolve("spm.model");
    byte[] whole = Files.readAllBytes(file);
    int afterPieces =
        ModelProto.parseFrom(whole).toBuilder()
            .clearTrainerSpec()
            .clearNormalizerSpec()
            .build()
            .getSerializedSize();
    for (int length : new int[] {0, 5, whole.length / 3, afterPieces, afterPieces + 20}) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(file, "cut short", "copy the file again");
    }
  }

  @Test
  void aModelThatIsNotUnigramNamesItsType() throws IOException {
    Path model = SharedFiles.shared("tokenizers/sentencepiece-bpe-en10k/en.wiki.bpe.vs10000.model");
    Path file = Files.copy(model, folder.resolve("spm.model"));
    refused(file, "type [BPE]", "only [UNIGRAM]");
  }

  @Test
  void piecesAreCheckedByTheirPlace() throws IOException {
    Path file = Conversions.copy("unigram", folder).resolve("spm.model");
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    SentencePiece seventh = model.getPieces(7);
    Files.write(file, model.toBuilder().setPieces(9, seventh).build().toByteArray());
    refused(file, "place 9", "[" + seventh.getPiece() + "]");
    SentencePiece empty = seventh.toBuilder().setPiece("").build();
    Files.write(file, model.toBuilder().setPieces(9, empty).build().toByteArray());
    refused(file, "place 9", "[]");
    ModelProto.Builder otherUnknown = model.toBuilder();
    otherUnknown.getTrainerSpecBuilder().setUnkId(7);
    Files.write(file, otherUnknown.build().toByteArray());
    refused(file, "unk_id [7]", "type UNKNOWN");
    otherUnknown.getTrainerSpecBuilder().setUnkId(1_000_000);
    Files.write(file, otherUnknown.build().toByteArray());
    refused(file, "unk_id [1000000]");
    SentencePiece other = model.getPieces(1).toBuilder().setPiece("<s>").build();
    Files.write(file, model.toBuilder().setPieces(1, other).build().toByteArray());
    refused(file, "lacks the token [[CLS]]");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private JsonNode build() throws IOException {
    return Conversions.JSON.readTree(TokenizerFiles.json(folder, folder.resolve("built.json")));
  }

  private void refused(Path file, String... parts) {
    assertThatThrownBy(() -> TokenizerFiles.json(folder, folder.resolve("built.json")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[" + file + "]")
        .hasMessageContainingAll(parts);
  }
}
