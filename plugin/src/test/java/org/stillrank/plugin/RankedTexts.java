/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.stillrank.reranker.scale.RelevanceScale;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;

/** Numbered texts, of which the first stage has the last one first. */
final class RankedTexts {
  static final String QUERY = "why does bread rise";

  /** A document's score is the number in its field {@code rank}, which is its own and one. */
  static final String BY_RANK = "{\"query\": " + by("rank") + "}";

  private static final List<String> WORDS =
      List.of("bread", "water", "ships", "ice", "bees", "winter", "sugar", "gas", "copper", "salt");

  private RankedTexts() {}

  /** A query by which a document's score is the number in a field. */
  static String by(String field) {
    return "{\"function_score\": {\"query\": {\"match_all\": {}}, \"field_value_factor\": {\"field\": \""
        + field
        + "\"}, \"boost_mode\": \"replace\"}}";
  }

  static String of(int document) {
    return WORDS.get(document % 10) + " " + WORDS.get(document * 7 / 3 % 10) + " " + document;
  }

  /** A thousand queries, which a tiny model tells from each other. */
  static String query(int number) {
    return WORDS.get(number % 10)
        + " "
        + WORDS.get(number / 10 % 10)
        + " "
        + WORDS.get(number / 100 % 10);
  }

  /**
   * What a model says of some documents, by their ids.
   *
   * @param end the first that is left out
   */
  static Map<String, Float> scores(CrossEncoder model, String query, int begin, int end) {
    List<String> texts = IntStream.range(begin, end).mapToObj(RankedTexts::of).toList();
    float[] logits = model.score(query, texts, Cancellation.NONE);
    Map<String, Float> scores = new TreeMap<>();
    for (int i = 0; i < logits.length; i++) {
      scores.put("" + (begin + i), RelevanceScale.ofLogit(logits[i]));
    }
    return scores;
  }

  /** Their ids, the best first. */
  static List<String> ordered(Map<String, Float> scores) {
    return scores.entrySet().stream()
        .sorted(Map.Entry.<String, Float>comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
