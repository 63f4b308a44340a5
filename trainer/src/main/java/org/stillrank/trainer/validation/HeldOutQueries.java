/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.batching.LengthGroups;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * Measures an encoder by reranking the fixed candidates of queries that training does not see. A
 * relevant document that is no candidate counts for nobody, so only the order is measured.
 */
public final class HeldOutQueries {
  private record Query(String topicId, List<String> documentIds, List<TokenPair> pairs) {}

  private final List<Query> queries;
  private final Qrels qrels;
  private final Measure measure;
  private final LengthGroups groups;

  private HeldOutQueries(List<Query> queries, Qrels qrels, Measure measure, LengthGroups groups) {
    this.queries = queries;
    this.qrels = qrels;
    this.measure = measure;
    this.groups = groups;
  }

  /**
   * Tokenises the queries once.
   *
   * @throws InvalidInputException when there are none
   */
  public static HeldOutQueries of(
      List<TrainingList> lists, PairTokenizer tokenizer, Measure measure, LengthGroups groups) {
    if (lists.isEmpty()) {
      throw new InvalidInputException(
          "there are no validation queries; give the judged source of [validation] more queries");
    }
    List<Query> queries = new ArrayList<>();
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    for (TrainingList list : lists) {
      // Ids are unique within a source only.
      String topic = list.source() + " " + list.topicId();
      List<String> ids = list.candidates().stream().map(each -> each.documentId()).toList();
      List<String> passages = list.candidates().stream().map(each -> each.passage()).toList();
      queries.add(new Query(topic, ids, tokenizer.pairs(tokenizer.query(list.query()), passages)));
      Map<String, Integer> ofTopic = new LinkedHashMap<>();
      for (int i = 0; i < ids.size(); i++) {
        ofTopic.put(ids.get(i), list.grades().get(i));
      }
      grades.put(topic, ofTopic);
    }
    return new HeldOutQueries(queries, Qrels.of(grades), measure, groups);
  }

  /** How many queries there are. */
  public int size() {
    return queries.size();
  }

  /** The name of the measure. */
  public String measure() {
    return measure.name();
  }

  /**
   * The mean over the queries, without dropout; the encoder is in training mode afterwards.
   *
   * @param cancellation asked between batches
   */
  public double of(Encoder encoder, Cancellation cancellation) {
    encoder.evaluation();
    try {
      LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
      for (Query query : queries) {
        rankings.put(query.topicId(), ranking(query, encoder, cancellation));
      }
      return Evaluation.of(List.of(measure), new Run("validation", rankings), qrels).mean(measure);
    } finally {
      encoder.training();
    }
  }

  private List<ScoredDocument> ranking(Query query, Encoder encoder, Cancellation cancellation) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      float[] scores =
          FloatTensor.of(groups.logits(encoder, query.pairs(), cancellation::check)).values();
      List<ScoredDocument> hits = new ArrayList<>();
      for (int i = 0; i < scores.length; i++) {
        if (!Float.isFinite(scores[i])) {
          throw new ArithmeticException(
              "the score of document ["
                  + query.documentIds().get(i)
                  + "] for query ["
                  + query.topicId()
                  + "] is "
                  + scores[i]);
        }
        hits.add(new ScoredDocument(query.documentIds().get(i), scores[i]));
      }
      return hits;
    }
  }
}
