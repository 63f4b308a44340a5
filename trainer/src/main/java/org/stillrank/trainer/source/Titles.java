/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.source;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.stillrank.bench.collection.Document;
import org.stillrank.trainer.example.Candidate;

/**
 * Each title asks for its own text. All passages are shown without their titles: the relevant one
 * would otherwise hold the query word for word, and would be the only one without a title if just
 * its own were removed.
 */
public record Titles(Collection<Document> documents) implements QuerySource {
  private static final int SHORTEST_TITLE = 4;
  private static final int SHORTEST_TEXT = 20;

  /** Documents with a title of four words and a text of twenty, or more. */
  @Override
  public List<TrainingQuery> queries() {
    return documents.stream()
        .filter(each -> Sentences.words(each.title()) >= SHORTEST_TITLE)
        .filter(each -> Sentences.words(each.text()) >= SHORTEST_TEXT)
        .map(each ->
            new TrainingQuery(
                "title-" + each.id(),
                each.title(),
                List.of(new Candidate(each.id(), shown(each))),
                Map.of(each.id(), 1)))
        .toList();
  }

  @Override
  public String shown(Document document) {
    return document.text();
  }
}
