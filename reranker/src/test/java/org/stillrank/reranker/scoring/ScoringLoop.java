/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.stillrank.reranker.bundle.ModelBundle;

/**
 * Scores batches of changing shapes and prints resident kilobytes after a warm-up and at the end.
 */
final class ScoringLoop {
  private ScoringLoop() {}

  public static void main(String[] arguments) throws IOException {
    int scorings = Integer.parseInt(arguments[1]);
    Random random = new Random(3);
    try (CrossEncoder encoder =
        CrossEncoder.open(ModelBundle.open(Path.of(arguments[0])), ScoringOptions.defaults())) {
      for (int i = 0; i < scorings / 2; i++) {
        encoder.score("warm", passages(random), Cancellation.NONE);
      }
      System.out.println(residentKilobytes());
      for (int i = 0; i < scorings; i++) {
        encoder.score("measured", passages(random), Cancellation.NONE);
      }
      System.out.println(residentKilobytes());
    }
  }

  static List<String> passages(Random random) {
    return IntStream.range(0, 1 + random.nextInt(12))
        .mapToObj(i -> "ships wait for ice ".repeat(random.nextInt(30)))
        .toList();
  }

  private static String residentKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "0";
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .findFirst()
          .orElseThrow();
    }
  }
}
