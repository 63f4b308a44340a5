/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.Median;
import org.stillrank.distribution.cluster.SearchIndex.Hit;
import org.stillrank.reranker.bundle.ModelBundle;
import tools.jackson.databind.node.ObjectNode;

/**
 * What further pages of a reranked search cost: each query's pages one after another on a server
 * that keeps scores, then all of its hits at once on the same server without any.
 *
 * @param firstSeconds of each query's first page
 * @param secondSeconds of its second, whose window is the same and scored already
 * @param unlike queries whose pages together are not the hits that come at once
 */
public record PagedSearches(
    List<Double> firstSeconds, List<Double> secondSeconds, List<String> unlike) {
  private static final String KEEP_NOTHING =
      "{\"persistent\": {\"stillrank.score_cache.size\": \"0b\"}}";
  private static final double NANOS = 1e9;

  public PagedSearches {
    firstSeconds = List.copyOf(firstSeconds);
    secondSeconds = List.copyOf(secondSeconds);
    unlike = List.copyOf(unlike);
  }

  /**
   * Searches, after one query that is not counted.
   *
   * @param index on a server of this run alone, which keeps scores until this is done
   * @param window hits that are reranked
   * @param size hits of a page, less than the window
   */
  public static PagedSearches of(
      SearchIndex index,
      ModelBundle model,
      List<Topic> topics,
      int window,
      int size,
      Progress.Display display)
      throws IOException {
    Pages pages = new Pages(index, ServedModel.serverId(model), window);
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    List<List<Hit>> paged = new ArrayList<>();
    List<String> unlike = new ArrayList<>();
    try (Progress progress = display.start("pages of " + index.name(), 2L * topics.size())) {
      pages.all(topics.getFirst().text() + " again", size);
      for (Topic each : topics) {
        Timed timed = pages.all(each.text(), size);
        first.add(timed.seconds().getFirst());
        second.add(timed.seconds().get(1));
        paged.add(timed.hits());
        progress.step(1);
      }
      index.cluster().put("/_cluster/settings", KEEP_NOTHING);
      for (int i = 0; i < topics.size(); i++) {
        String query = topics.get(i).text();
        if (!pages.all(query, window).hits().equals(paged.get(i))) {
          unlike.add(query);
        }
        progress.step(1);
      }
    }
    return new PagedSearches(first, second, unlike);
  }

  /** The median over the queries of the first page's time divided by the second's. */
  public double medianRatio() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < firstSeconds.size(); i++) {
      ratios.add(firstSeconds.get(i) / secondSeconds.get(i));
    }
    return Median.of(ratios);
  }

  private record Timed(List<Double> seconds, List<Hit> hits) {}

  private record Pages(SearchIndex index, String model, int window) {
    /** Page after page to the window's end. */
    Timed all(String query, int size) throws IOException {
      List<Double> seconds = new ArrayList<>();
      List<Hit> hits = new ArrayList<>();
      for (int from = 0; from < window; from += size) {
        ObjectNode body =
            SearchBody.reranked(
                SearchBody.bm25(query, Math.min(size, window - from)),
                Reranking.ofBeginnings(model, window),
                query);
        long start = System.nanoTime();
        hits.addAll(index.search(body.put("from", from)).hits());
        seconds.add((System.nanoTime() - start) / NANOS);
      }
      return new Timed(seconds, hits);
    }
  }
}
