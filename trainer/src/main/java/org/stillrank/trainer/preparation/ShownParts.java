/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.stillrank.bench.collection.Document;
import org.stillrank.reranker.passage.Aggregation;
import org.stillrank.reranker.passage.PassageText;
import org.stillrank.reranker.passage.Selection;
import org.stillrank.reranker.passage.Span;
import org.stillrank.reranker.passage.Windows;
import org.stillrank.trainer.config.Excerpts;
import org.stillrank.trainer.example.Candidate;

/**
 * Shows passages in part, by shares: a pair of query and document is always shown the same way.
 *
 * <p>Windows are those of {@link Windows}, over words in place of tokens, since the data of a
 * training serve students with other tokenizers too.
 */
record ShownParts(Excerpts excerpts, long seed) {
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** The candidate, whole or in part, as it falls to it. */
  Candidate of(String query, Document document, Candidate whole) {
    double drawn = random(query, document).nextDouble();
    if (drawn >= excerpts.titles() + excerpts.windows()) {
      return whole;
    }
    // A text may begin with its title's words; shown without its title, it has none to show.
    boolean beginsWithTitle =
        !document.title().isBlank()
            && whole.passage().startsWith(document.title())
            && !whole.passage().equals(document.text());
    String part =
        drawn < excerpts.titles() && beginsWithTitle
            ? document.title()
            : window(query, whole.passage());
    return new Candidate(whole.documentId(), part);
  }

  private String window(String query, String passage) {
    List<MatchResult> words = WORD.matcher(passage).results().toList();
    if (words.isEmpty()) {
      return passage;
    }
    Map<String, Integer> ids = new HashMap<>();
    int own = excerpts.words() - excerpts.lead();
    Span span =
        new Windows(
                excerpts.words(),
                excerpts.lead(),
                Math.max(1, own / 3),
                1,
                Selection.LEXICAL,
                Aggregation.max())
            .spans(ids(asked(query), ids), ids(words, ids))
            .getFirst();
    List<String> shown = new ArrayList<>();
    if (span.from() > 0 && excerpts.lead() > 0) {
      shown.add(text(passage, words, new Span(0, excerpts.lead())));
    }
    shown.add(text(passage, words, span));
    return PassageText.join(shown, " ");
  }

  private static String text(String passage, List<MatchResult> words, Span span) {
    return passage.substring(words.get(span.from()).start(), words.get(span.to() - 1).end());
  }

  /** A dash in the query asks for nothing. */
  private static List<MatchResult> asked(String query) {
    return WORD.matcher(query).results().filter(word -> !bare(word).isEmpty()).toList();
  }

  /** Equal numbers for words that differ in case or in punctuation only. */
  private static int[] ids(List<MatchResult> words, Map<String, Integer> ids) {
    return words.stream()
        .mapToInt(word -> ids.computeIfAbsent(bare(word), unknown -> ids.size()))
        .toArray();
  }

  private static String bare(MatchResult word) {
    return NO_LETTER_OR_DIGIT.matcher(word.group()).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private SplittableRandom random(String query, Document document) {
    return new SplittableRandom(seed ^ (31L * query.hashCode() + document.id().hashCode()));
  }
}
