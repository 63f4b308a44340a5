/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.stillrank.bench.collection.Document;
import org.stillrank.reranker.passage.PassageText;
import org.stillrank.trainer.example.Candidate;

/**
 * A sentence of each abstract asks for the document it was taken from, much as a claim asks for the
 * abstract that supports it. The document is shown with its title and without that sentence; others
 * are shown whole, which nothing gives away. Every second query prefers a sentence from the last
 * third, where abstracts conclude.
 */
public record AbstractSentences(Collection<Document> documents, long seed) implements QuerySource {
  private static final int SHORTEST = 6;
  private static final int LONGEST = 40;
  private static final int LEAST_SENTENCES = 4;
  // A claim stands by itself: no section heading, no word that joins it to the sentence before.
  private static final Pattern HEADING =
      Pattern.compile(
          "^(?:[A-Z][A-Z /&,-]{3,}|Conclusions?|Results?|Findings)\\s*[:.]?\\s+(?=[A-Z])");
  private static final Pattern LEAD =
      Pattern.compile(
          "^(?:Furthermore|Therefore|Additionally|Finally|Collectively|Overall|Together|Instead"
              + "|Consequently|Interestingly|Notably|Importantly|Hence|In (?:addition|conclusion"
              + "|summary|contrast)|Taken together),\\s+");
  private static final Pattern LEANS_ON_OTHERS =
      Pattern.compile("^(?:This|These|Those|It|They|Such|Here|However|Thus|Moreover)\\b.*");

  /** Documents with four sentences or more, one of which can stand alone. */
  @Override
  public List<TrainingQuery> queries() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<TrainingQuery> queries = new ArrayList<>();
    for (Document document : documents) {
      query(document, random).ifPresent(queries::add);
    }
    return queries;
  }

  private Optional<TrainingQuery> query(Document document, RandomGenerator random) {
    List<String> sentences = Sentences.of(document.text());
    if (sentences.size() < LEAST_SENTENCES) {
      return Optional.empty();
    }
    List<Integer> fit = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      if (standsAlone(claim(sentences.get(i)))) {
        fit.add(i);
      }
    }
    List<Integer> late = fit.stream().filter(i -> i >= sentences.size() * 2 / 3).toList();
    boolean preferLate = random.nextInt(2) == 0;
    List<Integer> choice = preferLate && !late.isEmpty() ? late : fit;
    if (choice.isEmpty()) {
      return Optional.empty();
    }
    int chosen = choice.get(random.nextInt(choice.size()));
    List<String> rest = new ArrayList<>(sentences);
    String query = claim(rest.remove(chosen));
    String passage = PassageText.join(List.of(document.title(), String.join(" ", rest)), " ");
    return Optional.of(
        new TrainingQuery(
            "sentence-" + document.id(),
            query,
            List.of(new Candidate(document.id(), passage)),
            Map.of(document.id(), 1)));
  }

  private static String claim(String sentence) {
    return LEAD.matcher(HEADING.matcher(sentence).replaceFirst("")).replaceFirst("");
  }

  private static boolean standsAlone(String sentence) {
    int words = Sentences.words(sentence);
    return words >= SHORTEST && words <= LONGEST && !LEANS_ON_OTHERS.matcher(sentence).matches();
  }

  @Override
  public String shown(Document document) {
    return document.passage();
  }
}
