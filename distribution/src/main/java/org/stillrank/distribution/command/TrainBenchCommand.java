/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.benchmark.StepShape;
import org.stillrank.trainer.benchmark.StepTimes;
import org.stillrank.trainer.encoder.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank train bench}. */
@Command(
    name = "bench",
    description = {
      "Measures one training step of a MiniLM-L6 (forward, backward, clipping, AdamW; dropout 0.1),",
      "alone or in turns with the same step in Python."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "The peer's Python needs: pip install sentence-transformers",
      "Example: stillrank train bench --peer python3"
    })
public final class TrainBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--pairs", description = "Pairs of a step, a multiple of 8.", defaultValue = "32")
  private int pairs;

  @Option(names = "--tokens", description = "Tokens of a pair, 8 to 512.", defaultValue = "128")
  private int tokens;

  @Option(names = "--steps", description = "Timed steps, after two others.", defaultValue = "5")
  private int steps;

  @Option(names = "--threads", description = "Threads of each.", defaultValue = "2")
  private int threads;

  @Option(
      names = "--precision",
      description = "Of the layers: ${COMPLETION-CANDIDATES}.",
      defaultValue = "FLOAT32")
  private Precision precision = Precision.FLOAT32;

  @Option(
      names = "--peer",
      paramLabel = "PYTHON",
      description = "A Python with sentence-transformers, to run in turns with.")
  private @Nullable String peer;

  @Override
  public Integer call() throws IOException {
    if (pairs <= 0 || pairs % 8 != 0 || tokens < 8 || tokens > 512 || steps < 1 || threads < 1) {
      throw new InvalidInputException(
          "--pairs ["
              + pairs
              + "] must be a multiple of 8, --tokens ["
              + tokens
              + "] 8 to 512, --steps ["
              + steps
              + "] and --threads ["
              + threads
              + "] at least 1");
    }
    StepTimes times =
        StepTimes.measure(new StepShape(pairs, tokens, precision), threads, steps, peer);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%d pairs of %d tokens in %s, %d threads, median of %d steps%n",
        pairs,
        tokens,
        precision.name().toLowerCase(Locale.ROOT),
        threads,
        steps);
    row(out, "stillrank", times.ours());
    if (peer != null) {
      row(out, "transformers", times.peers());
      out.printf(Locale.ROOT, "stillrank is %.2f times as fast%n", times.ratio());
    }
    return 0;
  }

  private void row(PrintWriter out, String name, List<Double> seconds) {
    double median = StepTimes.median(seconds);
    out.printf(Locale.ROOT, "%-13s %7.3f s  %6.1f pairs/s%n", name, median, pairs / median);
  }
}
