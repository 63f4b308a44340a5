/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.collection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A BEIR folder that a test fills line by line. */
public record SmallCollection(Path folder) {
  /** With no document, no query, and a split called test that only has its header. */
  public static SmallCollection in(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("qrels"));
    Files.writeString(folder.resolve("corpus.jsonl"), "");
    Files.writeString(folder.resolve("queries.jsonl"), "");
    Files.writeString(folder.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\n");
    return new SmallCollection(folder);
  }

  public SmallCollection document(String id, String title, String text) throws IOException {
    return line(
        "corpus.jsonl",
        "{\"_id\": \"" + id + "\", \"title\": \"" + title + "\", \"text\": \"" + text + "\"}");
  }

  public SmallCollection query(String id, String text) throws IOException {
    return line("queries.jsonl", "{\"_id\": \"" + id + "\", \"text\": \"" + text + "\"}");
  }

  public SmallCollection judgement(String topic, String document, int grade) throws IOException {
    return line("qrels/test.tsv", topic + "\t" + document + "\t" + grade);
  }

  public SmallCollection line(String file, String line) throws IOException {
    Files.writeString(folder.resolve(file), line + "\n", StandardOpenOption.APPEND);
    return this;
  }

  public BeirCollection open() {
    return BeirCollection.open(folder);
  }
}
