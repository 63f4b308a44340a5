/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * One run measured topic by topic, as {@code trec_eval -c} does it: every topic with judgements
 * counts, with 0 where the run has no hits for it, and topics without judgements do not count.
 */
public final class Evaluation {
  private final Map<Measure, Map<String, Double>> valuesByMeasure;

  private Evaluation(Map<Measure, Map<String, Double>> valuesByMeasure) {
    this.valuesByMeasure = valuesByMeasure;
  }

  /**
   * Measures a run; the order of its hits follows their scores as trec_eval reads them.
   *
   * @throws InvalidInputException when nothing is judged, so that there is no mean
   */
  public static Evaluation of(List<Measure> measures, Run run, Qrels qrels) {
    if (qrels.topics().isEmpty()) {
      throw new InvalidInputException(
          "run [" + run.tag() + "] cannot be measured: no topic has judgements; give qrels");
    }
    Map<Measure, Map<String, Double>> values = new LinkedHashMap<>();
    measures.forEach(measure -> values.put(measure, new LinkedHashMap<>()));
    for (String topic : qrels.topics()) {
      JudgedRanking ranking =
          JudgedRanking.of(TrecOrder.of(run.ranking(topic)), qrels.grades(topic));
      values.forEach((measure, ofTopics) -> ofTopics.put(topic, measure.of(ranking)));
    }
    values.replaceAll((measure, ofTopics) -> Collections.unmodifiableMap(ofTopics));
    return new Evaluation(values);
  }

  /** The measures, in the order in which they were asked for. */
  public List<Measure> measures() {
    return List.copyOf(valuesByMeasure.keySet());
  }

  /** Topic → value, over all judged topics in the order of the judgements. */
  public Map<String, Double> perTopic(Measure measure) {
    Map<String, Double> values = valuesByMeasure.get(measure);
    if (values == null) {
      throw new IllegalArgumentException("[" + measure.name() + "] was not measured");
    }
    return values;
  }

  /** The value of one judged topic. */
  public double value(Measure measure, String topic) {
    Double value = perTopic(measure).get(topic);
    if (value == null) {
      throw new IllegalArgumentException("the topic [" + topic + "] was not measured");
    }
    return value;
  }

  /** The mean over all judged topics. */
  public double mean(Measure measure) {
    Map<String, Double> values = perTopic(measure);
    return values.values().stream().mapToDouble(Double::doubleValue).sum() / values.size();
  }
}
