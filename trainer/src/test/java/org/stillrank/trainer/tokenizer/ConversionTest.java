/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TextTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.tokenizer.Conversions.Case;
import org.stillrank.trainer.tokenizer.Conversions.Pair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Built files against those of transformers' fast classes ({@code tokenizers.py}). */
class ConversionTest {
  private static final int LONG = 4096;

  @TempDir private Path folder;

  static Stream<Case> cases() {
    return Conversions.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFileIsTransformersOwn(Case each) throws IOException {
    JsonNode built = Conversions.JSON.readTree(build(each));
    ((ObjectNode) built.path("model")).remove(List.of("vocab", "merges"));
    for (JsonNode step : built.path("normalizer").path("normalizers")) {
      ((ObjectNode) step).remove("precompiled_charsmap");
    }
    assertThat(built).isEqualTo(each.tokenizer());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void textsHaveTransformersIds(Case each) throws IOException {
    List<String> texts = Conversions.texts();
    try (TextTokenizer tokenizer = TextTokenizer.open(build(each))) {
      for (int i = 0; i < texts.size(); i++) {
        assertThat(tokenizer.encode(texts.get(i), LONG))
            .as("[%s]", texts.get(i))
            .containsExactly(each.text(i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pairsHaveTransformersIdsAndSegments(Case each) throws IOException {
    List<Pair> pairs = Conversions.pairs();
    try (PairTokenizer tokenizer = PairTokenizer.open(build(each), new PairLimits(LONG, 2000))) {
      for (int i = 0; i < pairs.size(); i++) {
        Pair pair = pairs.get(i);
        assertThat(tokenizer.pair(tokenizer.query(pair.query()), pair.passage()))
            .as("%s", pair)
            .isEqualTo(new TokenPair(each.pairIds(i), each.pairTypes(i)));
      }
    }
  }

  private Path build(Case each) throws IOException {
    return TokenizerFiles.json(each.into(folder), folder.resolve("built.json"));
  }
}
