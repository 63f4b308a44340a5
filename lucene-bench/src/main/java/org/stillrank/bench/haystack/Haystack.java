/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.haystack;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import tools.jackson.databind.json.JsonMapper;

/**
 * A collection of long documents in the layout of BEIR: the queries and judgements of a real one,
 * and each of its texts at a known depth inside unrelated real text. {@code depths.tsv} says where,
 * {@code haystack.json} how it was made.
 */
public final class Haystack {
  private static final String PROVENANCE = "haystack.json";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final BeirCollection collection;
  private final List<BeirCollection> hay;
  private final HaystackOptions options;

  /**
   * @param collection whose texts are hidden
   * @param hay what they are hidden in
   */
  public Haystack(BeirCollection collection, List<BeirCollection> hay, HaystackOptions options) {
    this.collection = collection;
    this.hay = List.copyOf(hay);
    this.options = options;
  }

  /**
   * Writes the collection, whole or not at all.
   *
   * @param target a new folder, or an older haystack, which is replaced
   * @return how many documents it has
   * @throws InvalidInputException if something else stands there
   */
  public int write(Path target, Progress.Display display) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target.resolve(PROVENANCE))) {
      throw new InvalidInputException(
          "["
              + target
              + "] is there and no haystack, for it has no ["
              + PROVENANCE
              + "]; give a"
              + " new folder");
    }
    Hay texts = Hay.of(hay);
    List<Document> documents = collection.documents();
    AtomicOutput.folder(
        target,
        folder -> {
          hide(documents, texts, folder, display);
          Files.copy(
              collection.queriesFile(),
              folder.resolve(String.valueOf(collection.queriesFile().getFileName())));
          copyQrels(folder.resolve("qrels"));
          Files.writeString(
              folder.resolve(PROVENANCE),
              JSON.writerWithDefaultPrettyPrinter().writeValueAsString(provenance()) + "\n");
        });
    return documents.size();
  }

  private void hide(List<Document> documents, Hay texts, Path folder, Progress.Display display)
      throws IOException {
    try (Writer corpus = Files.newBufferedWriter(folder.resolve("corpus.jsonl"));
        Writer depths = Files.newBufferedWriter(folder.resolve("depths.tsv"));
        Progress progress = display.start("hiding " + collection.name(), documents.size())) {
      depths.write("document-id\tdepth\twords-before\n");
      for (Document each : documents) {
        HiddenText hidden = HiddenText.of(each, texts, options);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("_id", each.id());
        json.put("title", hidden.document().title());
        json.put("text", hidden.document().text());
        corpus.write(JSON.writeValueAsString(json) + "\n");
        depths.write(each.id() + "\t" + hidden.depth() + "\t" + hidden.wordsBefore() + "\n");
        progress.step(1);
      }
    }
  }

  private void copyQrels(Path target) throws IOException {
    Files.createDirectory(target);
    try (Stream<Path> files = Files.list(collection.qrelsFolder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  private Map<String, Object> provenance() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("collection", collection.name());
    json.put("hidden_in", hay.stream().map(BeirCollection::name).toList());
    json.put("words", options.words());
    json.put("depths", options.depths());
    json.put("seed", options.seed());
    return json;
  }
}
