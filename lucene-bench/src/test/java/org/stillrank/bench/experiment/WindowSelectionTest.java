/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;
import org.stillrank.reranker.passage.Aggregation;
import org.stillrank.reranker.passage.Selection;
import org.stillrank.reranker.passage.Span;
import org.stillrank.reranker.passage.Windows;

/** The windows that are selected are those that Lucene's BM25 finds among them. */
class WindowSelectionTest {
  private static final int WINDOWS = 12;
  private static final int LENGTH = 10;

  @Test
  void selectedWindowsAreLucenesBestHits() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      int[] text = random.ints(WINDOWS * LENGTH, 0, 40).map(id -> id * id / 40).toArray();
      int[] query = random.ints(1 + random.nextInt(6), 0, 40).toArray();
      int max = 1 + random.nextInt(4);
      double[] lucene = lucene(query, text);
      List<Double> best =
          Arrays.stream(lucene).boxed().sorted(Comparator.reverseOrder()).limit(max).toList();
      List<Double> selected =
          new Windows(LENGTH, LENGTH, max, Selection.LEXICAL, Aggregation.max())
              .spans(query, text).stream()
                  .map(span -> lucene[span.from() / LENGTH])
                  .sorted(Comparator.reverseOrder())
                  .toList();
      assertThat(selected).hasSameSizeAs(best);
      for (int i = 0; i < max; i++) {
        assertThat(selected.get(i)).isEqualTo(best.get(i), within(1e-5));
      }
    }
  }

  /** Each window's score; windows are of one length, so b does not matter and 0 says so. */
  private static double[] lucene(int[] query, int[] text) throws IOException {
    BM25Similarity similarity = new BM25Similarity(0.9f, 0);
    double[] scores = new double[WINDOWS];
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      IndexWriterConfig config =
          new IndexWriterConfig(new WhitespaceAnalyzer()).setSimilarity(similarity);
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        for (int window = 0; window < WINDOWS; window++) {
          Span span = new Span(window * LENGTH, (window + 1) * LENGTH);
          Document document = new Document();
          document.add(new TextField("window", words(text, span), Store.NO));
          writer.addDocument(document);
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(similarity);
        for (ScoreDoc hit : searcher.search(query(query), WINDOWS).scoreDocs) {
          scores[hit.doc] = hit.score;
        }
      }
    }
    return scores;
  }

  private static BooleanQuery query(int[] ids) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    Arrays.stream(ids)
        .boxed()
        .collect(Collectors.groupingBy(id -> id, Collectors.counting()))
        .forEach((id, count) ->
            query.add(
                new BoostQuery(new TermQuery(new Term("window", "t" + id)), count), Occur.SHOULD));
    return query.build();
  }

  private static String words(int[] text, Span span) {
    return IntStream.range(span.from(), span.to())
        .mapToObj(at -> "t" + text[at])
        .collect(Collectors.joining(" "));
  }
}
