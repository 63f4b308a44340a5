/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;

/** A process that builds an index, killed in the middle of it. */
final class KilledBuildTest {
  private static final int DOCUMENTS = 5000;
  private static final int KILLED_AFTER = 2000;

  @TempDir private Path folder;

  /** Arguments: collection and index home. Waits for ever once some documents are indexed. */
  public static void main(String[] arguments) throws IOException {
    Bm25Index.openOrBuild(
        BeirCollection.open(Path.of(arguments[0])),
        Path.of(arguments[1]),
        (task, total) -> new Halt());
  }

  @Test
  void leavesNoIndexAndTheNextRunBuildsOne() throws Exception {
    Path data = collection();
    Path home = folder.resolve("indexes");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledBuildTest.class.getName(),
                data.toString(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("halted");
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(names(home)).hasSize(1).allMatch(name -> name.endsWith(".partial"));

    Topic topic = new Topic("1", "harbour");
    try (Bm25Index index =
        Bm25Index.openOrBuild(BeirCollection.open(data), home, Progress.silent())) {
      assertThat(index.documentIds()).hasSize(DOCUMENTS);
      assertThat(index.search(List.of(topic), 10_000).ranking("1")).hasSize(DOCUMENTS);
    }
    assertThat(names(home)).filteredOn(name -> !name.endsWith(".partial")).hasSize(1);
  }

  private Path collection() throws IOException {
    Path data = Files.createDirectories(folder.resolve("harbours"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      lines
          .append("{\"_id\": \"d")
          .append(i)
          .append("\", \"title\": \"\", \"text\": \"harbour number ")
          .append(i)
          .append("\"}\n");
    }
    Files.writeString(data.resolve("corpus.jsonl"), lines);
    Files.writeString(data.resolve("queries.jsonl"), "");
    return data;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static final class Halt implements Progress {
    private long done;

    @Override
    public synchronized void step(long count) {
      done += count;
      if (done >= KILLED_AFTER) {
        System.out.println("halted");
        System.out.flush();
        haltForEver();
      }
    }

    private void haltForEver() {
      while (true) {
        try {
          wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException("only a kill ends this", e);
        }
      }
    }

    @Override
    public void note(String text) {}

    @Override
    public void close() {}
  }
}
