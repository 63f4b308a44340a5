/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.io.IOException;
import java.util.List;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * What is searched, and for what, in memory.
 *
 * @param queries different ones, judged or not
 */
public record LoadCollection(
    BeirCollection folder, List<String> queries, List<Document> documents) {
  /**
   * Reads all of a BEIR folder.
   *
   * @throws InvalidInputException when a line is malformed, or there are fewer than two queries
   */
  public static LoadCollection read(BeirCollection folder) throws IOException {
    List<String> queries = folder.allTopics().stream().map(Topic::text).distinct().toList();
    if (queries.size() < 2) {
      throw new InvalidInputException(
          "["
              + folder.name()
              + "] has ["
              + queries.size()
              + "] different queries; load needs at least 2, so that none is asked twice in a row");
    }
    return new LoadCollection(folder, queries, folder.documents());
  }
}
