/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.stillrank.bench.collection.Topic;
import org.stillrank.reranker.input.InvalidInputException;

/** Turns a topic into any of its terms, each weighted by how often the topic says it. */
final class BagOfWords {
  private BagOfWords() {}

  /**
   * @throws InvalidInputException if the topic has more different terms than Lucene takes
   */
  static Query of(Topic topic, EnglishAnalysis analysis) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String term : analysis.terms(topic.text())) {
      counts.merge(term, 1, Integer::sum);
    }
    if (counts.size() > IndexSearcher.getMaxClauseCount()) {
      throw new InvalidInputException(
          "the topic ["
              + topic.id()
              + "] has ["
              + counts.size()
              + "] different terms; Lucene takes "
              + IndexSearcher.getMaxClauseCount()
              + ": shorten its text");
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    counts.forEach((term, count) -> {
      TermQuery once = new TermQuery(new Term(IndexFields.CONTENTS, term));
      query.add(count == 1 ? once : new BoostQuery(once, count), Occur.SHOULD);
    });
    return query.build();
  }
}
