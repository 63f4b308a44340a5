/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.batching.LengthGroups;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.example.Judgements;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * Measures an encoder by reranking the fixed candidates of queries that training does not see. Each
 * source of queries has its mean, and the value is the mean of these means.
 *
 * <p>Of queries held out of a training source, a relevant document that is no candidate counts for
 * nobody, so only the order is measured. Queries of folders come with all their judgements and are
 * measured as trec_eval would measure the reranked run.
 */
public final class HeldOutQueries {

  /**
   * @param mean over the sources
   * @param bySource the mean over each source's queries, in the order of the sources
   */
  public record Means(double mean, SequencedMap<String, Double> bySource) {}

  private record Query(
      String source, String topicId, List<String> documentIds, List<TokenPair> pairs) {}

  private record Part(List<Query> queries, Map<String, Map<String, Integer>> grades) {
    Part() {
      this(new ArrayList<>(), new LinkedHashMap<>());
    }
  }

  private final SequencedMap<String, Part> parts;
  private final Measure measure;
  private final LengthGroups groups;

  private HeldOutQueries(SequencedMap<String, Part> parts, Measure measure, LengthGroups groups) {
    this.parts = parts;
    this.measure = measure;
    this.groups = groups;
  }

  /**
   * Tokenises the queries once.
   *
   * @param judgements of each query; where there are none, those of the candidates
   * @throws InvalidInputException when there are no queries
   */
  public static HeldOutQueries of(
      List<TrainingList> lists,
      List<Judgements> judgements,
      PairTokenizer tokenizer,
      Measure measure,
      LengthGroups groups) {
    if (lists.isEmpty()) {
      throw new InvalidInputException(
          "there are no validation queries; give [validation] more, or other ones");
    }
    SequencedMap<String, Part> parts = new LinkedHashMap<>();
    for (Judgements each : judgements) {
      part(parts, each.source()).grades().put(each.topicId(), each.grades());
    }
    for (TrainingList list : lists) {
      Part part = part(parts, list.source());
      List<String> ids = list.candidates().stream().map(each -> each.documentId()).toList();
      List<String> passages = list.candidates().stream().map(each -> each.passage()).toList();
      part.queries()
          .add(
              new Query(
                  list.source(),
                  list.topicId(),
                  ids,
                  tokenizer.pairs(tokenizer.query(list.query()), passages)));
      part.grades().computeIfAbsent(list.topicId(), topic -> ofCandidates(list));
    }
    return new HeldOutQueries(parts, measure, groups);
  }

  private static Part part(Map<String, Part> parts, String source) {
    return parts.computeIfAbsent(source, name -> new Part());
  }

  private static Map<String, Integer> ofCandidates(TrainingList list) {
    Map<String, Integer> grades = new LinkedHashMap<>();
    for (int i = 0; i < list.grades().size(); i++) {
      grades.put(list.candidates().get(i).documentId(), list.grades().get(i));
    }
    return grades;
  }

  /** The name of the measure. */
  public String measure() {
    return measure.name();
  }

  /**
   * Reranks and measures, without dropout; the encoder is in training mode afterwards.
   *
   * @param cancellation asked between batches
   */
  public Means means(Encoder encoder, Cancellation cancellation, Progress.Display display) {
    encoder.evaluation();
    long queries = parts.values().stream().mapToLong(part -> part.queries().size()).sum();
    try (Progress progress = display.start("Validating", queries)) {
      SequencedMap<String, Double> means = new LinkedHashMap<>();
      parts.forEach((source, part) -> {
        progress.note(source);
        means.put(source, mean(part, encoder, cancellation, progress));
      });
      double sum = means.values().stream().mapToDouble(Double::doubleValue).sum();
      return new Means(sum / means.size(), means);
    } finally {
      encoder.training();
    }
  }

  private double mean(Part part, Encoder encoder, Cancellation cancellation, Progress progress) {
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    for (Query query : part.queries()) {
      rankings.put(query.topicId(), ranking(query, encoder, cancellation));
      progress.step(1);
    }
    Run run = new Run("validation", rankings);
    return Evaluation.of(List.of(measure), run, Qrels.of(part.grades())).mean(measure);
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
                  + "] of ["
                  + query.source()
                  + "] is "
                  + scores[i]);
        }
        hits.add(new ScoredDocument(query.documentIds().get(i), scores[i]));
      }
      return hits;
    }
  }
}
