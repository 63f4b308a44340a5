/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.stillrank.bench.bm25.Bm25Index;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Where the candidates come from: BM25, or a run file made elsewhere. Judgements and run may name
 * only what the collection has: anything else is a sign of files that do not belong together.
 */
final class FirstStage {
  private final BeirCollection collection;
  private final TopicSample sample;

  FirstStage(BeirCollection collection, TopicSample sample) {
    this.collection = collection;
    this.sample = sample;
  }

  /** The candidates of the sample's topics, from where the settings say. */
  Run run(ExperimentSettings settings, Progress.Display display) throws IOException {
    Path file = settings.firstStage();
    return file == null
        ? bm25(settings.indexHome(), settings.hits(), display)
        : fromFile(file, settings.hits());
  }

  private Run bm25(Path indexHome, int hits, Progress.Display display) throws IOException {
    try (Bm25Index index = Bm25Index.openOrBuild(collection, indexHome, display)) {
      requireJudgedDocuments(index.documentIds());
      return index.search(sample.topics(), hits);
    }
  }

  private Run fromFile(Path file, int hits) throws IOException {
    Set<String> corpus = new HashSet<>();
    collection.forEachDocument(each -> corpus.add(each.id()));
    requireJudgedDocuments(corpus);
    Set<String> topics = collection.allTopics().stream().map(Topic::id).collect(Collectors.toSet());
    Run run = RunFile.read(file);
    for (String topic : run.topics()) {
      if (!topics.contains(topic)) {
        throw stranger(file, "topic", topic);
      }
      for (ScoredDocument hit : run.ranking(topic)) {
        if (!corpus.contains(hit.docId())) {
          throw stranger(file, "document", hit.docId());
        }
      }
    }
    return best(run, hits);
  }

  private Run best(Run run, int hits) {
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    for (Topic topic : sample.topics()) {
      List<ScoredDocument> ranking = run.ranking(topic.id());
      rankings.put(topic.id(), ranking.subList(0, Math.min(hits, ranking.size())));
    }
    return new Run(run.tag(), rankings);
  }

  private void requireJudgedDocuments(Set<String> corpus) {
    Qrels absent = sample.qrels().absentFrom(corpus);
    if (absent.size() > 0) {
      String topic = absent.topics().iterator().next();
      throw new InvalidInputException(
          "the qrels name ["
              + absent.size()
              + "] documents that ["
              + collection.corpusFile()
              + "] has not, the first ["
              + absent.grades(topic).keySet().iterator().next()
              + "] for the topic ["
              + topic
              + "]; remove those lines or complete the corpus");
    }
  }

  private InvalidInputException stranger(Path file, String what, String id) {
    return new InvalidInputException(
        "["
            + file
            + "] names the "
            + what
            + " ["
            + id
            + "], which the collection ["
            + collection.name()
            + "] has not; give a run of this collection");
  }
}
