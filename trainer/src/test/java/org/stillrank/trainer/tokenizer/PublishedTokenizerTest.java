/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TextTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.sentencepiece.ModelProto;
import org.stillrank.trainer.sentencepiece.ModelProto.SentencePiece;
import org.stillrank.trainer.sentencepiece.NormalizerSpec;
import org.stillrank.trainer.sentencepiece.TrainerSpec;
import org.stillrank.trainer.tokenizer.Conversions.Pair;
import tools.jackson.databind.JsonNode;

/** Built files of published vocabularies against the published tokenizer.json, on 1,000 texts. */
class PublishedTokenizerTest {
  private static final int LONG = 16_384;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"bert-base-uncased, vocab.txt", "roberta-base, vocab.json merges.txt"})
  void pairsAreThoseOfThePublishedFile(String name, String files) throws IOException {
    Path published = SharedFiles.shared("tokenizers/" + name);
    for (String file : files.split(" ", -1)) {
      Files.copy(published.resolve(file), folder.resolve(file));
    }
    Path built = TokenizerFiles.json(folder, folder.resolve("built.json"));
    assertSamePairs(built, published.resolve("tokenizer.json"), realAndNasty());
  }

  @Test
  void debertasPairsAreTheRustLibrarysOwn() throws IOException {
    Path built = TokenizerFiles.json(debertaOfT5(), folder.resolve("built.json"));
    assertSamePairs(built, built, realAndNasty());
  }

  /**
   * T5's pieces follow its three control pieces, DeBERTa's its four, so a piece's id is one more;
   * T5's unknown piece comes last of the three, DeBERTa's of the four.
   */
  @Test
  void unigramIdsAreThoseOfT5sPiecesOneFurther() throws IOException {
    Path built = TokenizerFiles.json(debertaOfT5(), folder.resolve("built.json"));
    int texts = 0;
    try (TextTokenizer ours = TextTokenizer.open(built);
        TextTokenizer t5 =
            TextTokenizer.open(SharedFiles.shared("tokenizers/t5-small/tokenizer.json"))) {
      for (Pair pair : Conversions.realPairs()) {
        int[] theirs = t5.encode(pair.passage(), LONG);
        int[] pieces = Arrays.stream(theirs).limit(theirs.length - 1).map(id -> id + 1).toArray();
        int[] whole = ours.encode(pair.passage(), LONG);
        assertThat(Arrays.copyOfRange(whole, 1, whole.length - 1))
            .as("[%s]", pair.passage())
            .containsExactly(pieces);
        texts++;
      }
    }
    assertThat(texts).isEqualTo(1000);
  }

  @Test
  void theMaskFollowsThePieces() throws IOException {
    Path built = TokenizerFiles.json(debertaOfT5(), folder.resolve("built.json"));
    try (TextTokenizer ours = TextTokenizer.open(built)) {
      assertThat(ours.encode("[MASK]", LONG)).containsExactly(1, 32_001, 2);
    }
  }

  /** A folder with an {@code spm.model} as DeBERTa's is laid out, of T5's pieces and charsmap. */
  private Path debertaOfT5() throws IOException {
    JsonNode t5 =
        Conversions.JSON.readTree(SharedFiles.shared("tokenizers/t5-small/tokenizer.json"));
    ModelProto.Builder model = ModelProto.newBuilder();
    for (String control : List.of("[PAD]", "[CLS]", "[SEP]")) {
      model.addPieces(piece(control, 0).setType(SentencePiece.Type.CONTROL));
    }
    model.addPieces(piece("[UNK]", 0).setType(SentencePiece.Type.UNKNOWN));
    t5.path("model")
        .path("vocab")
        .valueStream()
        .skip(3)
        .filter(entry -> !entry.path(0).stringValue().startsWith("<extra_id_"))
        .forEach(entry ->
            model.addPieces(
                piece(entry.path(0).stringValue(), (float) entry.path(1).doubleValue())));
    String charsmap = t5.path("normalizer").path("precompiled_charsmap").stringValue();
    model.setTrainerSpec(TrainerSpec.newBuilder().setUnkId(3));
    model.setNormalizerSpec(
        NormalizerSpec.newBuilder()
            .setPrecompiledCharsmap(ByteString.copyFrom(Base64.getDecoder().decode(charsmap))));
    Files.write(folder.resolve("spm.model"), model.build().toByteArray());
    return folder;
  }

  private static SentencePiece.Builder piece(String text, float score) {
    return SentencePiece.newBuilder().setPiece(text).setScore(score);
  }

  private static List<Pair> realAndNasty() throws IOException {
    List<Pair> pairs = new ArrayList<>(Conversions.realPairs());
    pairs.addAll(Conversions.pairs());
    return pairs;
  }

  private static void assertSamePairs(Path built, Path published, List<Pair> pairs)
      throws IOException {
    try (PairTokenizer ours = PairTokenizer.open(built, new PairLimits(LONG, LONG / 2));
        HuggingFaceTokenizer theirs =
            HuggingFaceTokenizer.builder()
                .optTokenizerPath(published)
                .optTruncation(false)
                .optPadding(false)
                .build()) {
      for (Pair pair : pairs) {
        Encoding own = theirs.encode(pair.query(), pair.passage());
        assertThat(ours.pair(ours.query(pair.query()), pair.passage()))
            .as("%s", pair)
            .isEqualTo(
                new TokenPair(Conversions.ints(own.getIds()), Conversions.ints(own.getTypeIds())));
      }
    }
  }
}
