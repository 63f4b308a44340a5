/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stillrank.testing.SharedFiles.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;

class RunFileTest {
  @TempDir Path folder;

  @Test
  void readsTabsZeroForQ0RanksFromZeroAndBlankLines() throws IOException {
    Run run =
        RunFile.read(
            file("2\t0\tb\t0\t9.5\tcolbert\n\n  2 Q0 a   1 1e1 colbert\n1 Q0 c 0 -3 colbert\n\n"));
    assertThat(run.tag()).isEqualTo("colbert");
    assertThat(run.topics()).containsExactly("2", "1");
    assertThat(run.ranking("2"))
        .containsExactly(new ScoredDocument("a", 10), new ScoredDocument("b", 9.5));
    assertThat(run.ranking("1")).containsExactly(new ScoredDocument("c", -3));
    assertThat(run.ranking("none")).isEmpty();
  }

  @Test
  void ordersEqualScoresByWrittenRank() throws IOException {
    Run run = RunFile.read(file("1 Q0 late 2 5 t\n1 Q0 early 1 5 t\n"));
    assertThat(run.ranking("1")).extracting(ScoredDocument::docId).containsExactly("early", "late");
  }

  @Test
  void readsRealColbertRuns() throws IOException {
    try (Stream<Path> files = Files.list(shared("data/trec-dl/runs"))) {
      List<Path> runs = files.toList();
      assertThat(runs).isNotEmpty();
      for (Path file : runs) {
        Run run = RunFile.read(file);
        assertThat(run.topics()).as("%s", file).hasSizeGreaterThan(40);
        assertThat(run.topics()).allSatisfy(topic -> assertThat(run.ranking(topic)).isNotEmpty());
      }
    }
  }

  @Test
  void writesAsAnseriniPrintsAndReadsItBack() throws IOException {
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    rankings.put(
        "7", List.of(new ScoredDocument("b", 6.5988f), new ScoredDocument("a", 6.598799f)));
    rankings.put("3", List.of());
    rankings.put("5", List.of(new ScoredDocument("a", -0.5)));
    Run run = new Run("bm25", rankings);
    for (String name : List.of("out.run", "out.run.gz")) {
      Path target = folder.resolve("new").resolve(name);
      RunFile.write(target, run);
      Run read = RunFile.read(target);
      assertThat(read.topics()).containsExactly("7", "5");
      assertThat(read.ranking("7")).extracting(ScoredDocument::docId).containsExactly("b", "a");
    }
    assertThat(folder.resolve("new/out.run"))
        .hasContent("7 Q0 b 1 6.598800 bm25\n7 Q0 a 2 6.598799 bm25\n5 Q0 a 1 -0.500000 bm25\n");
  }

  @Test
  void writesScoresAsAFormatterDoes() throws IOException {
    Random random = new Random(7);
    List<ScoredDocument> hits = new ArrayList<>();
    for (double each : new double[] {0, -0.25, 12.000001, 1e9, 3e12, -5e10, 0.999999, 7e-7}) {
      hits.add(new ScoredDocument("d" + hits.size(), each));
    }
    while (hits.size() < 5000) {
      hits.add(new ScoredDocument("d" + hits.size(), (float) (random.nextGaussian() * 30)));
    }
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    rankings.put("1", hits);
    Path file = folder.resolve("many.run");
    RunFile.write(file, new Run("t", rankings));
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < hits.size(); i++) {
      assertThat(lines.get(i).split(" ")[4])
          .isEqualTo(String.format(Locale.ROOT, "%.6f", hits.get(i).score()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 Q0 d 1 2.5 | has [5] columns; a run line has six: topic Q0 document rank score tag",
        "1 Q0 d 1 2.5 my tag | has [7] columns",
        "1 Q0 d 1 high tag | has the score [high], which is not a number",
        "1 Q0 d 1 NaN tag | has the score [NaN]; scores must be finite",
        "1 Q0 d 1 -Infinity tag | has the score [-Infinity]; scores must be finite",
        "1 Q0 d first 1 tag | rank [first] is not an integer",
        "1 Q0 seen 2 1 tag | repeats the document [seen] of the topic [1]; keep one of them",
      })
  void namesFileAndLineOfAMalformedHit(String line, String problem) throws IOException {
    Path file = file("1 Q0 seen 1 3 tag\n\n" + line + "\n");
    assertThatThrownBy(() -> RunFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file + ":3: ")
        .hasMessageContaining(problem);
  }

  @Test
  void refusesAnEmptyOrMissingFile() throws IOException {
    Path empty = file("\n");
    assertThatThrownBy(() -> RunFile.read(empty))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("[" + empty + "] has no lines; give a TREC run file");
    Path missing = folder.resolve("missing.run");
    assertThatThrownBy(() -> RunFile.read(missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[" + missing + "]");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("some.run"), content);
  }
}
