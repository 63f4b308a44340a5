/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.load;

import java.io.IOException;
import java.util.function.Function;
import org.stillrank.bench.load.Answer;
import org.stillrank.bench.load.TimedAnswer;
import org.stillrank.distribution.cluster.ClusterException;
import org.stillrank.distribution.cluster.Reranking;
import org.stillrank.distribution.cluster.SearchBody;
import org.stillrank.distribution.cluster.SearchIndex;
import org.stillrank.distribution.cluster.ServedWay;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;
import tools.jackson.databind.node.ObjectNode;

/**
 * One kind of search that clients ask.
 *
 * @param name what tables call it
 * @param body of a query
 * @param window documents of an answer that were scored, at most; 0 where none are
 */
public record LoadedSearch(
    String name, SearchIndex index, Function<String, ObjectNode> body, int window) {
  /** What a person sees on a page. */
  private static final int SHOWN = 10;

  private static final int TOO_MANY_REQUESTS = 429;

  /** The server's BM25 alone. */
  public static LoadedSearch bm25(SearchIndex index) {
    return new LoadedSearch("BM25", index, query -> SearchBody.bm25(query, SHOWN), 0);
  }

  /** BM25, its best hits reranked. */
  public static LoadedSearch reranked(
      SearchIndex index, ServedWay way, ModelBundle model, int window, Passages passages) {
    int shown = Math.min(SHOWN, window);
    Reranking how = Reranking.with(model, window, passages);
    return new LoadedSearch(
        way.words() + ", " + PassageOptions.named(model.id(), passages),
        index,
        query -> way.reranked(SearchBody.bm25(query, shown), how, query),
        window);
  }

  /** Asks and waits for the answer, whatever it is. */
  TimedAnswer ask(String query) {
    ObjectNode search = body.apply(query);
    long asked = System.nanoTime();
    try {
      SearchIndex.Answer answer = index.search(search);
      return new TimedAnswer(
          asked, answer.arrived(), new Answer.Found(Math.min(window, answer.found())));
    } catch (ClusterException e) {
      return ended(
          asked,
          e.status() == TOO_MANY_REQUESTS
              ? new Answer.Refused()
              : new Answer.Failed(String.valueOf(e.getMessage())));
    } catch (IOException | InvalidInputException e) {
      return ended(asked, new Answer.Lost(e.toString()));
    }
  }

  private static TimedAnswer ended(long asked, Answer answer) {
    return new TimedAnswer(asked, System.nanoTime(), answer);
  }
}
