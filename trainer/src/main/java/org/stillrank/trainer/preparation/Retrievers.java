/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.stillrank.bench.bm25.Bm25Index;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.Source;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.negatives.DenseSearch;
import org.stillrank.trainer.source.QuerySource;
import org.stillrank.trainer.source.TrainingQuery;
import org.stillrank.trainer.teacher.Embeddings;

/** Finds candidates for training queries in the corpus of their source. */
record Retrievers(DataHome home, Teachers teachers, Path indexHome, Progress.Display display) {

  /** One run for each retriever of the source, {@code depth} deep. */
  List<Run> runs(Source source, QuerySource shows, List<TrainingQuery> queries, int depth)
      throws IOException {
    List<Run> runs = new ArrayList<>();
    for (String retriever : source.retrievers()) {
      if (retriever.equals(TrainingConfig.BM25)) {
        runs.add(bm25(source.collection(), topics(queries), depth));
      } else if (retriever.startsWith(TrainingConfig.RUN)) {
        Path file = home.resolve(retriever.substring(TrainingConfig.RUN.length()));
        runs.add(read(file, source, queries));
      } else {
        runs.add(dense(teachers.embeddings(retriever), source, shows, queries, depth));
      }
    }
    return runs;
  }

  /** BM25 over title and text. */
  Run bm25(String collection, List<Topic> topics, int depth) throws IOException {
    try (Bm25Index index = Bm25Index.openOrBuild(home.collection(collection), indexHome, display)) {
      return index.search(topics, depth);
    }
  }

  static List<Topic> topics(List<TrainingQuery> queries) {
    return queries.stream().map(query -> new Topic(query.id(), query.text())).toList();
  }

  private Run read(Path file, Source source, List<TrainingQuery> queries) throws IOException {
    Run run = RunFile.read(file);
    Set<String> known = home.documents(source.collection()).keySet();
    for (TrainingQuery query : queries) {
      for (ScoredDocument hit : run.ranking(query.id())) {
        if (!known.contains(hit.docId())) {
          throw new InvalidInputException(
              "["
                  + file
                  + "] names the document ["
                  + hit.docId()
                  + "], which the collection ["
                  + source.collection()
                  + "] has not; give a run of this collection");
        }
      }
    }
    return run;
  }

  private Run dense(
      Embeddings embeddings,
      Source source,
      QuerySource shows,
      List<TrainingQuery> queries,
      int depth)
      throws IOException {
    List<Document> documents =
        home.documents(source.collection()).values().stream()
            .filter(document -> !shows.shown(document).isBlank())
            .toList();
    List<float[]> vectors = embeddings.passages(documents.stream().map(shows::shown).toList());
    DenseSearch search = new DenseSearch(documents.stream().map(Document::id).toList(), vectors);
    return search.run(
        embeddings.name(),
        queries.stream().map(TrainingQuery::id).toList(),
        embeddings.queries(queries.stream().map(TrainingQuery::text).toList()),
        depth);
  }
}
