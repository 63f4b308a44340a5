/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;

/**
 * The texts of a first stage's best hits, as a model is shown them.
 *
 * @param byTopic in the order of the topics, each with its texts in the order of the first stage
 */
public record CandidateTexts(SequencedMap<Topic, List<String>> byTopic) {
  /**
   * Reads the first {@code depth} hits of every topic.
   *
   * @param separator what joins a document's fields for the model
   * @throws org.stillrank.reranker.input.InvalidInputException if a hit is not in the collection
   */
  public static CandidateTexts of(
      Run firstStage, List<Topic> topics, int depth, BeirCollection collection, String separator)
      throws IOException {
    Set<String> wanted = new HashSet<>();
    for (Topic topic : topics) {
      candidates(firstStage, topic, depth).forEach(hit -> wanted.add(hit.docId()));
    }
    Map<String, Document> documents = collection.documents(wanted);
    SequencedMap<Topic, List<String>> texts = new LinkedHashMap<>();
    for (Topic topic : topics) {
      List<String> ofTopic = new ArrayList<>();
      for (ScoredDocument hit : candidates(firstStage, topic, depth)) {
        Document document = documents.get(hit.docId());
        if (document == null) {
          throw new IllegalStateException("[" + hit.docId() + "] was asked for and not returned");
        }
        ofTopic.add(document.passage(separator));
      }
      texts.put(topic, ofTopic);
    }
    return new CandidateTexts(texts);
  }

  static List<ScoredDocument> candidates(Run firstStage, Topic topic, int depth) {
    List<ScoredDocument> ranking = firstStage.ranking(topic.id());
    return ranking.subList(0, Math.min(depth, ranking.size()));
  }
}
