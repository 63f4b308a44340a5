/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.collection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.stillrank.bench.lines.Line;
import org.stillrank.bench.lines.LineFile;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.qrels.QrelsFile;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * A test collection in the layout of BEIR (Thakur et al., 2021): {@code corpus.jsonl}, {@code
 * queries.jsonl} and one {@code qrels/SPLIT.tsv} for each split. The two large files may be gzip.
 */
public final class BeirCollection {
  private static final String QRELS_SUFFIX = ".tsv";

  private final Path folder;
  private final Path corpus;
  private final Path queries;

  private BeirCollection(Path folder, Path corpus, Path queries) {
    this.folder = folder;
    this.corpus = corpus;
    this.queries = queries;
  }

  /**
   * @throws InvalidInputException if the folder or one of its two files is missing
   */
  public static BeirCollection open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "["
              + folder
              + "] is not a folder; give a BEIR folder with corpus.jsonl, queries.jsonl and qrels/");
    }
    return new BeirCollection(
        folder, plainOrGzip(folder, "corpus.jsonl"), plainOrGzip(folder, "queries.jsonl"));
  }

  /** The name of the folder. */
  public String name() {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  public Path corpusFile() {
    return corpus;
  }

  public Path queriesFile() {
    return queries;
  }

  /** The folder of {@code SPLIT.tsv}; it need not be there. */
  public Path qrelsFolder() {
    return folder.resolve("qrels");
  }

  /** The lines of the corpus, not yet parsed, for a caller that parses them on other threads. */
  public void forEachLine(Consumer<Line> each) throws IOException {
    LineFile.forEach(corpus, each);
  }

  /**
   * The documents in the order of the corpus, one after another.
   *
   * @throws InvalidInputException if a line is malformed
   */
  public void forEachDocument(Consumer<Document> each) throws IOException {
    forEachLine(line -> each.accept(Document.of(line)));
  }

  /** All documents, in memory. */
  public List<Document> documents() throws IOException {
    List<Document> documents = new ArrayList<>();
    forEachDocument(documents::add);
    return documents;
  }

  /**
   * The documents with these ids, in one pass over the corpus.
   *
   * @throws InvalidInputException if the corpus lacks one
   */
  public Map<String, Document> documents(Set<String> ids) throws IOException {
    Map<String, Document> found = new HashMap<>();
    forEachDocument(each -> {
      if (ids.contains(each.id())) {
        found.put(each.id(), each);
      }
    });
    for (String id : ids) {
      if (!found.containsKey(id)) {
        throw new InvalidInputException(
            "the document [" + id + "] is not in [" + corpus + "]; is this the right collection?");
      }
    }
    return found;
  }

  /** Every topic of {@code queries.jsonl}, judged or not, in the order of the file. */
  public List<Topic> allTopics() throws IOException {
    List<Topic> topics = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    LineFile.forEach(
        queries,
        line -> {
          BeirLine fields = BeirLine.parse(line);
          if (!seen.add(fields.id())) {
            throw line.refusal("repeats the [_id] [" + fields.id() + "]; ids must be unique");
          }
          topics.add(new Topic(fields.id(), fields.text()));
        });
    return topics;
  }

  /**
   * The topics that {@code split} has judgements for, in the order of {@code queries.jsonl}.
   *
   * @throws InvalidInputException if the split is missing or judges a topic that has no text
   */
  public List<Topic> topics(String split) throws IOException {
    Set<String> judged = new HashSet<>(qrels(split).topics());
    List<Topic> topics = allTopics().stream().filter(each -> judged.remove(each.id())).toList();
    if (!judged.isEmpty()) {
      String first = judged.stream().sorted().toList().getFirst();
      throw new InvalidInputException(
          "["
              + qrelsFile(split)
              + "] judges the topic ["
              + first
              + "], which is not in ["
              + queries
              + "]; remove it from the qrels or add its text");
    }
    return topics;
  }

  /**
   * @throws InvalidInputException if the split is missing, naming those that are there
   */
  public Qrels qrels(String split) throws IOException {
    return QrelsFile.read(qrelsFile(split));
  }

  private Path qrelsFile(String split) throws IOException {
    Path file = qrelsFolder().resolve(split + QRELS_SUFFIX);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "the split [" + split + "] has no [" + file + "]; splits at hand: " + splits());
    }
    return file;
  }

  private List<String> splits() throws IOException {
    Path qrels = qrelsFolder();
    if (!Files.isDirectory(qrels)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(qrels)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(QRELS_SUFFIX))
          .map(name -> name.substring(0, name.length() - QRELS_SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  private static Path plainOrGzip(Path folder, String name) {
    Path plain = folder.resolve(name);
    Path gzip = folder.resolve(name + ".gz");
    if (Files.isRegularFile(plain)) {
      return plain;
    }
    if (Files.isRegularFile(gzip)) {
      return gzip;
    }
    throw new InvalidInputException(
        "[" + folder + "] lacks [" + name + "]; it is not a BEIR folder");
  }
}
