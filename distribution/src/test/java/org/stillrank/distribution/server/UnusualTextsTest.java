/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.stillrank.distribution.server.Installed.QUERY;
import static org.stillrank.distribution.server.Installed.TEXTS;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.passage.PassageOptions;
import tools.jackson.databind.JsonNode;

/**
 * Five megabytes, one unbroken word, emoji and right-to-left text through every way into a real
 * server.
 */
class UnusualTextsTest {
  /** Of a text, as the plugin's README says. */
  private static final int CHARACTERS_READ = 1_000_000;

  private static final String ANSWER = TEXTS.getFirst();
  private static final String COOKS = "👩🏽‍🍳 🍞🥖 bakes 🇩🇪, 👍🏿 and 👨‍👩‍👧‍👦 eat. ";
  private static final String HEBREW = "שָׁלוֹם עוֹלָם, הַלֶּחֶם בַּתַּנּוּר. ";
  private static final String ARABIC = "مَرْحَبًا بِالْعَالَمِ، الخُبْزُ في الفُرْنِ. ";
  private static final List<String> KINDS =
      List.of(
          ANSWER,
          fiveMegabytes(),
          "a".repeat(100_000),
          "ab".repeat(50_000) + " " + ANSWER,
          COOKS.repeat(40)
              + "Bread 🍞 rises because yeast 🫧 turns sugar into gas. "
              + COOKS.repeat(40),
          "🍞".repeat(500) + " " + "🥖 ".repeat(500),
          HEBREW.repeat(40) + ANSWER + " " + HEBREW.repeat(40),
          ARABIC.repeat(40) + "\u202b" + ANSWER + "\u202c " + ARABIC.repeat(40),
          HEBREW + ARABIC);

  private static LocalServer server;
  private static Node node;
  private static double[] ofBeginnings;
  private static double[] ofWindows;

  @BeforeAll
  static void aServerWithTheseTexts() throws Exception {
    List<String> read =
        KINDS.stream()
            .map(text -> text.substring(0, Math.min(text.length(), CHARACTERS_READ)))
            .toList();
    ofBeginnings = Installed.scores(QUERY, read);
    ofWindows =
        Installed.scores(QUERY, read, PassageOptions.parse("length=64,max=2,select=lexical"));
    server = Installed.server(Map.of(Installed.MODEL, Installed.BUNDLE), Installed.narrow());
    node = new Node(server.address());
    node.index("texts", 1, TEXTS);
    node.done(
        "PUT",
        "/kinds",
        "{\"settings\": {\"number_of_replicas\": 0}, \"mappings\": {\"properties\": {\"text\":"
            + " {\"type\": \"text\"}, \"tokens\": {\"type\": \"passage_tokens\", \"model\": \""
            + Installed.MODEL
            + "\", \"source_fields\": [\"text\"]}}}}");
    node.add("kinds", null, 0, KINDS);
  }

  @AfterAll
  static void theServerEnds() throws IOException {
    server.done();
    server.close();
  }

  /**
   * Words of real sentences. The answer ends where reading ends, half of an emoji behind it, and
   * what follows would score higher.
   */
  private static String fiveMegabytes() {
    Random random = new Random(5);
    List<String> words = List.of(String.join(" ", TEXTS.subList(1, TEXTS.size())).split(" "));
    StringBuilder text = new StringBuilder();
    while (text.length() < CHARACTERS_READ) {
      text.append(words.get(random.nextInt(words.size()))).append(' ');
    }
    text.setLength(CHARACTERS_READ - ANSWER.length() - 3);
    text.append(' ').append(ANSWER).append(' ').append("🍞 ");
    while (text.length() < 5 * CHARACTERS_READ) {
      text.append(words.get(random.nextInt(words.size()))).append(' ');
    }
    return text.append(QUERY).append("? ").append(ANSWER).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "clause, fields, beginning",
    "clause, fields, windows",
    "clause, tokens, beginning",
    "clause, tokens, windows",
    "retriever, fields, beginning",
    "retriever, fields, windows",
    "retriever, tokens, beginning",
    "retriever, tokens, windows"
  })
  void everyTextHasTheRerankersScore(String way, String source, String passages) throws Exception {
    boolean windows = passages.equals("windows");
    // A retriever on token ids has no text to show.
    boolean shown = windows && (way.equals("clause") || source.equals("fields"));
    String options =
        (windows ? ", \"passages\": {\"length\": 64, \"max\": 2, \"select\": \"lexical\"}" : "")
            + (shown ? ", \"show_passages\": true" : "");
    String body =
        way.equals("clause") ? Installed.clause(options) : Installed.retriever(10, options);
    Node.Answer answer =
        node.send(
            "POST",
            "/kinds/_search?_source=false",
            source.equals("tokens")
                ? body.replace("\"fields\": [\"text\"]", "\"tokens\": \"tokens\"")
                : body);
    assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
    assertThat(answer.body().at("/_shards/failed").asInt()).as(answer.body()::toString).isZero();
    assertThat(answer.ids()).hasSize(KINDS.size()).doesNotHaveDuplicates();
    for (JsonNode hit : answer.body().at("/hits/hits")) {
      int id = Integer.parseInt(hit.path("_id").asString());
      assertThat(hit.path("_score").asDouble())
          .as("text %d", id)
          .isCloseTo(windows ? ofWindows[id] : ofBeginnings[id], within(1e-4));
      assertThat(hit.path("fields").has("_passage")).isEqualTo(shown);
      if (shown) {
        assertIsAPartOf(KINDS.get(id), hit.at("/fields/_passage/0"));
      }
    }
    Node.Answer good = node.send("POST", "/texts/_search", Installed.clause(""));
    assertThat(good.status()).as(good.body()::toString).isEqualTo(200);
    assertThat(good.ids().getFirst()).isEqualTo("0");
  }

  /** Whole characters, out of what is read, and the answer where there is one. */
  private static void assertIsAPartOf(String text, JsonNode passage) {
    String shown = passage.path("text").stringValue();
    int to = passage.path("to").asInt();
    assertThat(to).isLessThanOrEqualTo(CHARACTERS_READ);
    assertThat(shown).isNotEmpty().isEqualTo(text.substring(passage.path("from").asInt(), to));
    assertThat(Character.isLowSurrogate(shown.charAt(0))).isFalse();
    assertThat(Character.isHighSurrogate(shown.charAt(shown.length() - 1))).isFalse();
    assertThat(shown.contains("Bread")).as(shown).isEqualTo(text.contains("Bread"));
  }
}
