/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.reranker.tokenization.TextTokenizer;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.weights.MiniLm;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** BERT's vocabulary without what no text gives; the oracle is the tokenizer it was made of. */
class LeanTokenizerTest {
  private static final List<String> ODD =
      List.of(
          "[unused7] [MASK] [SEP] and [ unused7 ]",
          "a) (b \"c\" d/e f.g h-i j\u2019k l\\m",
          "\u6771\u4eac and \u6771x x\u6771 and kanji\u65e5\u672ckanji",
          "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd \u041f\u0440\u0438\u0432\u0435\u0442",
          "\ud83d\ude00\ud83c\udf0d caf\u00e9 \u00c5ngstr\u00f6m \ud55c\uad6d\uc5b4 \u0e44\u0e17\u0e22",
          "x\u0301 \u2248\u2260 \u20ac\u00a3 \u00bd \u00b2 H\u2082O \u2192",
          "pneumonoultramicroscopicsilicovolcanoconiosis " + "z".repeat(200));

  @TempDir private Path folder;
  private Path whole;
  private LeanTokenizer lean;

  @BeforeEach
  void make() throws IOException {
    whole = MiniLm.tokenizer(folder);
    lean = LeanTokenizer.of(whole);
  }

  @Test
  void everyTextHasTheTokensItHad() throws IOException {
    List<String> texts = new ArrayList<>(ODD);
    BeirCollection demo = BeirCollection.open(SharedFiles.project("distribution/demo"));
    demo.documents().forEach(each -> texts.add(each.title() + " " + each.text()));
    // Every token of the vocabulary by itself, and behind a letter.
    for (String token : vocabulary(Files.readString(whole))) {
      texts.add(token);
      texts.add("a" + token.replace("##", ""));
    }
    Path file = Files.writeString(folder.resolve("lean.json"), lean.json());
    int[] places = lean.kept().orElseThrow().stream().toArray();
    try (TextTokenizer before = TextTokenizer.open(whole);
        TextTokenizer after = TextTokenizer.open(file)) {
      List<int[]> expected = before.encode(texts, 512);
      List<int[]> ids = after.encode(texts, 512);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(IntStream.of(ids.get(i)).map(id -> places[id]))
            .as(texts.get(i))
            .containsExactly(IntStream.of(expected.get(i)).boxed().toArray(Integer[]::new));
      }
    }
  }

  @Test
  void whatNoTextGivesIsGone() throws IOException {
    BitSet kept = lean.kept().orElseThrow();
    assertThat(30_522 - kept.cardinality()).isEqualTo(1331);
    assertThat(vocabulary(lean.json()))
        .hasSize(kept.cardinality())
        .contains("[CLS]", "[MASK]", "the", "##ing", ")", "\u4eac")
        .doesNotContain("[unused0]", "[unused993]", "##)", "##\u4eac");
    assertThat(lean.json().length()).isLessThan((int) Files.size(whole) * 2 / 3);
    JsonNode root = JsonMapper.shared().readTree(lean.json());
    assertThat(root.at("/padding/pad_id").asInt(-1)).isZero();
    assertThat(root.at("/added_tokens").valueStream().map(each -> each.path("id").asInt()))
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void otherTokenizersLoseNoToken() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("other.json"),
            """
            {"model": {"type": "Unigram", "vocab": [["<pad>", 0.0], ["a", -1.5]]}}
            """);
    LeanTokenizer other = LeanTokenizer.of(file);
    assertThat(other.kept()).isEmpty();
    assertThat(JsonMapper.shared().readTree(other.json()))
        .isEqualTo(JsonMapper.shared().readTree(file));
  }

  /** Where digits are split from letters, "a1" says nothing about "21". */
  @Test
  void aWordPieceThatSplitsInOtherWaysLosesNoToken() throws IOException {
    String digits = "{\"type\": \"Digits\", \"individual_digits\": false}";
    ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(whole);
    root.set("pre_tokenizer", JsonMapper.shared().readTree(digits));
    Path file = Files.writeString(folder.resolve("digits.json"), root.toString());
    assertThat(LeanTokenizer.of(file).kept()).isEmpty();
  }

  private static List<String> vocabulary(String json) {
    return List.copyOf(JsonMapper.shared().readTree(json).at("/model/vocab").propertyNames());
  }
}
