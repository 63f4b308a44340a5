/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.util.ArrayList;
import java.util.List;
import org.stillrank.bench.speed.Median;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.scoring.Scored;

/** What a way of reading long texts took, query by query. */
public final class WayFigures {
  private final Passages way;
  private final List<Double> seconds = new ArrayList<>();
  private long tokens;
  private long passages;

  WayFigures(Passages way) {
    this.way = way;
  }

  void add(long nanos, Scored scored) {
    seconds.add(nanos / 1e9);
    tokens += scored.tokens();
    passages += scored.passages();
  }

  /** The way. */
  public Passages way() {
    return way;
  }

  /** From text to logits, of the middle query. */
  public double medianSeconds() {
    return Median.of(seconds);
  }

  /** From text to logits, of all queries. */
  public double seconds() {
    return seconds.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** That the model read for a query, padding not counted. */
  public double tokensOfAQuery() {
    return (double) tokens / seconds.size();
  }

  /** That the model scored for a query. */
  public double passagesOfAQuery() {
    return (double) passages / seconds.size();
  }
}
