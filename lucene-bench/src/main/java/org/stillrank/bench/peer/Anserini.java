/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * The commands of Anserini 1.5.0 (fat jar, Java 21 or newer) for one collection, with only what
 * BM25 needs in its index.
 *
 * @param java the executable
 * @param work folder for its corpus, index and run
 */
record Anserini(Path java, Path jar, Path work) {
  /** Anserini gives every file of a corpus to one thread, so it gets one for each processor. */
  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Writes corpus and topics in the forms that Anserini reads. */
  void prepare(BeirCollection collection, String split) throws IOException {
    List<StringBuilder> parts = new ArrayList<>();
    for (int i = 0; i < threads(); i++) {
      parts.add(new StringBuilder());
    }
    collection.forEachLine(
        line -> parts.get(line.number() % parts.size()).append(line.text()).append('\n'));
    for (int i = 0; i < parts.size(); i++) {
      AtomicOutput.text(work.resolve("corpus/part" + i + ".jsonl"), parts.get(i).toString());
    }
    StringBuilder topics = new StringBuilder();
    for (Topic topic : collection.topics(split)) {
      topics.append(topic.id()).append('\t').append(topic.text().replaceAll("\\s+", " "));
      topics.append('\n');
    }
    AtomicOutput.text(work.resolve("topics.tsv"), topics.toString());
  }

  /** Builds the index anew. */
  List<String> index() throws IOException {
    AtomicOutput.delete(work.resolve("index"));
    List<String> command = program("io.anserini.index.IndexCollection");
    command.addAll(List.of("-collection", "BeirFlatCollection"));
    command.addAll(List.of("-generator", "DefaultLuceneDocumentGenerator"));
    command.addAll(List.of("-input", work.resolve("corpus").toString()));
    command.addAll(List.of("-index", work.resolve("index").toString()));
    command.addAll(List.of("-threads", "" + threads()));
    return command;
  }

  /** Searches the index and writes {@link #run}. */
  List<String> search(int hits) {
    List<String> command = program("io.anserini.search.SearchCollection");
    command.addAll(List.of("-index", work.resolve("index").toString()));
    command.addAll(List.of("-topics", work.resolve("topics.tsv").toString()));
    command.addAll(List.of("-topicReader", "TsvString", "-bm25", "-hits", "" + hits));
    command.addAll(List.of("-output", run().toString(), "-threads", "" + threads()));
    return command;
  }

  Path run() {
    return work.resolve("anserini.run");
  }

  private List<String> program(String main) {
    return new ArrayList<>(
        List.of(
            java.toString(), "--add-modules", "jdk.incubator.vector", "-cp", jar.toString(), main));
  }
}
