/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity.SimScorer;
import org.apache.lucene.util.SmallFloat;

/**
 * The BM25 score that any text would have as a document of an index: the text's own term
 * frequencies and length, the index's document frequencies and average length. A text that is in
 * the index scores as in a search, before Anserini's rounding. For one thread; belongs to its index
 * and ends with it.
 */
public final class Bm25TextScorer {
  private final IndexSearcher searcher;
  private final EnglishAnalysis analysis;
  private final CollectionStatistics collection;
  private final Map<String, SimScorer> scorers = new HashMap<>();

  Bm25TextScorer(
      IndexSearcher searcher, EnglishAnalysis analysis, CollectionStatistics collection) {
    this.searcher = searcher;
    this.analysis = analysis;
    this.collection = collection;
  }

  /** One score for each text, 0 where it shares no term with the query. */
  public double[] scores(String query, List<String> texts) throws IOException {
    List<String> terms = analysis.terms(query);
    double[] scores = new double[texts.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(terms, texts.get(i));
    }
    return scores;
  }

  private double score(List<String> queryTerms, String text) throws IOException {
    Map<String, Integer> frequencies = new HashMap<>();
    List<String> words = analysis.terms(text);
    words.forEach(word -> frequencies.merge(word, 1, Integer::sum));
    // Lucene keeps a length in one byte, exact up to 39 words.
    long norm = SmallFloat.intToByte4(words.size()) & 0xFF;
    double sum = 0;
    for (String term : queryTerms) {
      Integer frequency = frequencies.get(term);
      if (frequency != null && searcher.getIndexReader().docFreq(term(term)) > 0) {
        sum += scorers.computeIfAbsent(term, this::scorer).score(frequency, norm);
      }
    }
    return sum;
  }

  private SimScorer scorer(String term) {
    try {
      int documents = searcher.getIndexReader().docFreq(term(term));
      long occurrences = searcher.getIndexReader().totalTermFreq(term(term));
      return Bm25Index.SIMILARITY.scorer(
          1, collection, new TermStatistics(term(term).bytes(), documents, occurrences));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Term term(String term) {
    return new Term(IndexFields.CONTENTS, term);
  }
}
