/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.bench.bm25.Bm25Index;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.rerank.CandidateTexts;
import org.stillrank.bench.run.Run;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * What is scored in a measurement of speed: real queries, each with its best BM25 hits.
 *
 * @param name the collection and split
 * @param requests in the order of the split
 */
public record SpeedWorkload(String name, List<Request> requests) {
  public SpeedWorkload {
    requests = List.copyOf(requests);
  }

  /** A query and the texts to score for it. */
  public record Request(String query, List<String> passages) {
    public Request {
      passages = List.copyOf(passages);
    }
  }

  /**
   * Queries spread evenly over a split, each with its best {@code depth} hits.
   *
   * @param separator what joins a document's fields for whatever is measured
   */
  public static SpeedWorkload of(
      BeirCollection collection,
      String split,
      int queries,
      int depth,
      String separator,
      Path indexHome,
      Progress.Display display)
      throws IOException {
    List<Topic> topics = Topic.spread(collection.topics(split), queries);
    Run run;
    try (Bm25Index index = Bm25Index.openOrBuild(collection, indexHome, display)) {
      run = index.search(topics, depth);
    }
    List<Request> requests = new ArrayList<>();
    CandidateTexts.of(run, topics, depth, collection, separator)
        .byTopic()
        .forEach((topic, texts) -> {
          if (!texts.isEmpty()) {
            requests.add(new Request(topic.text(), texts));
          }
        });
    return new SpeedWorkload(collection.name() + "/" + split, requests);
  }

  /** The same pairs in requests of so many documents at most. */
  public SpeedWorkload inRequestsOf(int documents) {
    List<Request> smaller = new ArrayList<>();
    for (Request each : requests) {
      for (int from = 0; from < each.passages().size(); from += documents) {
        int to = Math.min(each.passages().size(), from + documents);
        smaller.add(new Request(each.query(), each.passages().subList(from, to)));
      }
    }
    return new SpeedWorkload(name, smaller);
  }

  /** The same requests so many times, one round after another. */
  public SpeedWorkload repeated(int rounds) {
    if (rounds < 1) {
      throw new InvalidInputException("[" + rounds + "] rounds measure nothing; give at least 1");
    }
    List<Request> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      all.addAll(requests);
    }
    return new SpeedWorkload(name, all);
  }
}
