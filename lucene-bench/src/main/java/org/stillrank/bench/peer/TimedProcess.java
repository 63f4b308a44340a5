/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;

/** Runs a command and takes its time from start to exit. */
final class TimedProcess {
  private static final int SHOWN_LINES = 5;

  private TimedProcess() {}

  /**
   * Seconds of a whole process; what it prints goes to {@code log}.
   *
   * @throws InvalidInputException if it fails, with the end of what it printed
   */
  static double seconds(List<String> command, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    long start = System.nanoTime();
    Process process = builder.start();
    int exit;
    try {
      exit = process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while [" + command.getFirst() + "] ran", e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (exit != 0) {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      throw new InvalidInputException(
          "["
              + String.join(" ", command)
              + "] ended with ["
              + exit
              + "]: "
              + String.join(
                  "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())));
    }
    return seconds;
  }
}
