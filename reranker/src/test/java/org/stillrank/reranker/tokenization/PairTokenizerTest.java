/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.TinyModels;
import org.stillrank.reranker.scoring.TinyModels.Expected;
import org.stillrank.testing.SharedFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pairs assembled from a once-tokenised query against the Rust tokenizers' own pair encoding. */
class PairTokenizerTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_LENGTH = 256;
  private static final int MAX_QUERY_LENGTH = 24;

  private record RealPair(String query, String passage) {}

  @ParameterizedTest
  @ValueSource(strings = {"bert-base-uncased", "roberta-base", "t5-small"})
  void aPairUnderTheCapIsTheTokenizersOwnCutOnlySecond(String name) throws IOException {
    Path file = SharedFiles.shared("tokenizers/" + name + "/tokenizer.json");
    try (PairTokenizer tokenizer =
            PairTokenizer.open(file, new PairLimits(MAX_LENGTH, MAX_LENGTH / 2));
        HuggingFaceTokenizer oracle = oracle(file, MAX_LENGTH)) {
      List<RealPair> pairs = realPairs();
      assertThat(pairs).hasSizeGreaterThanOrEqualTo(1000);
      int cut = 0;
      for (RealPair pair : pairs) {
        QueryTokens query = tokenizer.query(pair.query());
        if (query.length() == MAX_LENGTH / 2) {
          continue; // perhaps cut: the next test's matter
        }
        TokenPair ours = tokenizer.pair(query, pair.passage());
        Encoding theirs = oracle.encode(pair.query(), pair.passage());
        assertSame(ours, theirs.getIds(), theirs.getTypeIds(), pair);
        cut += theirs.exceedMaxLength() ? 1 : 0;
      }
      assertThat(cut).as("pairs that had to be cut").isGreaterThan(100);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-base-uncased", "roberta-base", "t5-small"})
  void aLongerQueryIsCutFirstAndThenOnlyThePassage(String name) throws IOException {
    Path file = SharedFiles.shared("tokenizers/" + name + "/tokenizer.json");
    try (PairTokenizer tokenizer =
            PairTokenizer.open(file, new PairLimits(MAX_LENGTH, MAX_QUERY_LENGTH));
        HuggingFaceTokenizer uncut = uncut(file)) {
      int overCap = 0;
      for (RealPair pair : realPairs()) {
        Encoding theirs = uncut.encode(pair.query(), pair.passage());
        long[] sequence = theirs.getSequenceIds();
        long queryTokens = LongStream.of(sequence).filter(each -> each == 0).count();
        overCap += queryTokens > MAX_QUERY_LENGTH ? 1 : 0;
        long[] ids = cut(theirs.getIds(), theirs);
        long[] types = cut(theirs.getTypeIds(), theirs);
        TokenPair ours = tokenizer.pair(tokenizer.query(pair.query()), pair.passage());
        assertSame(ours, ids, types, pair);
      }
      assertThat(overCap).as("queries over the cap").isGreaterThan(100);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-one-output", "bert-two-outputs", "roberta-one-output"})
  void pairsAreThoseOfThePythonTokenizers(String model) throws IOException {
    Path file = TinyModels.folder(model).resolve("tokenizer.json");
    try (PairTokenizer tokenizer = PairTokenizer.open(file, new PairLimits(96, 64))) {
      for (Expected expected : TinyModels.expected(model)) {
        assertThat(tokenizer.pair(tokenizer.query(expected.query()), expected.passage()).ids())
            .containsExactly(expected.ids());
      }
    }
  }

  @Test
  void halfASurrogatePairIsAReplacementCharacter() throws IOException {
    Path file = TinyModels.folder("roberta-one-output").resolve("tokenizer.json");
    try (PairTokenizer tokenizer = PairTokenizer.open(file, new PairLimits(96, 64))) {
      QueryTokens query = tokenizer.query("q");
      assertThat(tokenizer.pair(query, "a\uD83D b \uDE00\uD83D"))
          .isEqualTo(tokenizer.pair(query, "a\uFFFD b \uFFFD\uFFFD"));
      assertThat(tokenizer.pair(query, "nul \u0000 and \uD83D\uDE00").length()).isGreaterThan(6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-one-output", "roberta-one-output"})
  void ofAQueryOfMegabytesTheBeginningIsRead(String model) throws IOException {
    Path file = TinyModels.folder(model).resolve("tokenizer.json");
    String words = "why do bees dance ";
    try (PairTokenizer tokenizer = PairTokenizer.open(file, new PairLimits(300_000, 200_000))) {
      int[] beginning =
          tokenizer.text(words.repeat(100_000 / words.length() + 1).substring(0, 100_000));
      assertThat(tokenizer.query(words.repeat(300_000)).ids()).isEqualTo(beginning);

      String odd = "x" + "\uD83D\uDE00".repeat(3_000_000);
      assertThat(tokenizer.query(odd).ids())
          .as("of whole characters")
          .isEqualTo(tokenizer.text(odd.substring(0, 99_999)));
    }
  }

  @Test
  void limitsThatLeaveNoRoomForThePassageAreRefused() {
    Path file = TinyModels.folder("bert-one-output").resolve("tokenizer.json");
    assertThatThrownBy(() -> PairTokenizer.open(file, new PairLimits(66, 64)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[64]")
        .hasMessageContaining("lower max_query_length");
    assertThatThrownBy(() -> new PairLimits(64, 64)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aFileThatIsNoTokenizerIsRefused(@TempDir Path folder) throws IOException {
    Path json = Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {}}");
    assertThatThrownBy(() -> PairTokenizer.open(json, new PairLimits(96, 64)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(json.toString())
        .hasMessageContaining("copy the file again");
  }

  @Test
  void singleTextsAreTheTokenizersOwn() throws IOException {
    for (String name : List.of("bert-base-uncased", "roberta-base", "t5-small")) {
      Path file = SharedFiles.shared("tokenizers/" + name + "/tokenizer.json");
      try (TextTokenizer tokenizer = TextTokenizer.open(file);
          HuggingFaceTokenizer oracle =
              HuggingFaceTokenizer.builder()
                  .optTokenizerPath(file)
                  .optTruncation(true)
                  .optPadding(false)
                  .optMaxLength(128)
                  .build()) {
        for (RealPair pair : realPairs().subList(0, 300)) {
          assertThat(tokenizer.encode(pair.passage(), 128))
              .containsExactly(toInts(oracle.encode(pair.passage()).getIds()));
        }
      }
    }
  }

  private static HuggingFaceTokenizer oracle(Path file, int maxLength) throws IOException {
    return HuggingFaceTokenizer.builder()
        .optTokenizerPath(file)
        .optTruncateSecondOnly()
        .optPadding(false)
        .optMaxLength(maxLength)
        .build();
  }

  private static HuggingFaceTokenizer uncut(Path file) throws IOException {
    return HuggingFaceTokenizer.builder()
        .optTokenizerPath(file)
        .optTruncation(false)
        .optPadding(false)
        .build();
  }

  /** Drops what both limits drop from an uncut pair: the ends of its two sequences. */
  private static long[] cut(long[] values, Encoding uncut) {
    long[] sequence = uncut.getSequenceIds();
    long[] special = uncut.getSpecialTokenMask();
    int specials = (int) LongStream.of(special).sum();
    int query = 0;
    int passage = 0;
    int queryTokens = 0;
    for (int i = 0; i < values.length; i++) {
      queryTokens += special[i] == 0 && sequence[i] == 0 ? 1 : 0;
    }
    int room = MAX_LENGTH - specials - Math.min(queryTokens, MAX_QUERY_LENGTH);
    List<Long> kept = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (special[i] == 1
          || (sequence[i] == 0 && query++ < MAX_QUERY_LENGTH)
          || (sequence[i] == 1 && passage++ < room)) {
        kept.add(values[i]);
      }
    }
    return kept.stream().mapToLong(Long::longValue).toArray();
  }

  private static void assertSame(TokenPair ours, long[] ids, long[] types, RealPair pair) {
    assertThat(ours.ids()).as("ids of %s", pair).containsExactly(toInts(ids));
    assertThat(ours.typeIds()).as("segments of %s", pair).containsExactly(toInts(types));
  }

  private static int[] toInts(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  /**
   * 1,000 pairs and more: tweets, paragraphs as queries, medical texts, and texts of 5,000 words.
   */
  private static List<RealPair> realPairs() throws IOException {
    List<RealPair> pairs = new ArrayList<>();
    for (String name : List.of("scifact", "cisi", "checkthat20", "nfcorpus")) {
      List<String> queries = texts("data/" + name + "/queries.jsonl", 260);
      List<String> passages = texts("data/" + name + "/corpus.jsonl", 260);
      for (int i = 0; i < 260; i++) {
        pairs.add(
            new RealPair(queries.get(i % queries.size()), passages.get((i * 7) % passages.size())));
      }
    }
    String longText = String.join(" ", texts("data/scifact/corpus.jsonl", 60));
    String fiveThousandWords =
        Stream.of(longText.split(" ")).limit(5000).reduce((a, b) -> a + " " + b).orElseThrow();
    for (RealPair pair : List.copyOf(pairs.subList(0, 20))) {
      pairs.add(new RealPair(pair.query(), fiveThousandWords));
      pairs.add(new RealPair(fiveThousandWords, pair.passage()));
    }
    return pairs;
  }

  private static List<String> texts(String file, int count) throws IOException {
    try (Stream<String> lines = Files.lines(SharedFiles.shared(file))) {
      return lines.limit(count).map(PairTokenizerTest::text).toList();
    }
  }

  private static String text(String line) {
    JsonNode node = JSON.readTree(line);
    String title = node.path("title").asString("");
    String text = node.path("text").asString("");
    return title.isEmpty() ? text : title + " " + text;
  }
}
