/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.Validation.Folder;

/** The candidates of a validation folder's queries: those of its run file, or BM25's. */
record FolderCandidates(DataHome home, Retrievers retrievers) {

  /** As many of each query as the folder asks for, or fewer. */
  Run of(Folder folder, List<Topic> topics) throws IOException {
    if (folder.run() == null) {
      return retrievers.bm25(folder.collection(), topics, folder.candidates());
    }
    Path file = home.resolve(folder.run());
    Run whole = RunFile.read(file);
    LinkedHashMap<String, List<ScoredDocument>> first = new LinkedHashMap<>();
    for (Topic topic : topics) {
      List<ScoredDocument> hits = whole.ranking(topic.id());
      first.put(topic.id(), hits.subList(0, Math.min(folder.candidates(), hits.size())));
    }
    if (first.values().stream().allMatch(List::isEmpty)) {
      throw new InvalidInputException(
          "["
              + file
              + "] has no hits for any of the ["
              + topics.size()
              + "] queries of ["
              + folder.label()
              + "]; give a run of this collection and split");
    }
    return new Run(whole.tag(), first);
  }
}
