/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.benchmark.BenchmarkJson;
import org.stillrank.trainer.benchmark.BenchmarkTable;
import org.stillrank.trainer.benchmark.GroupingFigures;
import org.stillrank.trainer.benchmark.StepFigures;
import org.stillrank.trainer.benchmark.StepShape;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank train bench}. */
@Command(
    name = "bench",
    description = {
      "Measures training steps (InfoNCE, clipping, AdamW; dropout 0.1): beside the device's own",
      "matrix rate, in turns with the same step in Python, or over real texts in length groups",
      "against padding to the longest. Several values of an option are rows of one table."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "share: of a part's time, what its matrix products would take at the rate of a large one.",
      "The peer's Python needs: pip install sentence-transformers",
      "Example: stillrank train bench --backbone minilm-l6,bert-base --precision FLOAT32,BFLOAT16"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StepShapeOptions options;

  @Option(names = "--steps", description = "Timed steps, after two others.", defaultValue = "5")
  private int steps;

  @Option(names = "--threads", description = "Threads of each.", defaultValue = "2")
  private int threads;

  @Option(
      names = "--peer",
      paramLabel = "PYTHON",
      description =
          "A Python with torch and transformers, to run in turns with: the model that"
              + " sentence-transformers wraps, in a step of its own.")
  private @Nullable String peer;

  @ArgGroup(exclusive = false)
  private @Nullable StepTextOptions texts;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes all figures with full precision.")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    if (steps < 1 || threads < 1) {
      throw new InvalidInputException(
          "--steps [" + steps + "] and --threads [" + threads + "] must be at least 1");
    }
    if (peer != null && texts != null) {
      throw new InvalidInputException("--peer [" + peer + "] runs without --texts; leave out one");
    }
    List<StepShape> shapes = options.shapes();
    List<StepFigures> measured = texts == null ? measured(shapes) : List.of();
    List<GroupingFigures> grouped = texts == null ? List.of() : grouped(texts, shapes);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%d threads, medians of %d steps%n", threads, steps);
    out.print(
        texts == null ? BenchmarkTable.ofSteps(measured) : BenchmarkTable.ofGrouping(grouped));
    out.flush();
    if (json != null) {
      BenchmarkJson.write(json, threads, measured, grouped);
    }
    return ExitCode.OK;
  }

  private List<StepFigures> measured(List<StepShape> shapes) throws IOException {
    List<StepFigures> figures = new ArrayList<>();
    for (StepShape shape : shapes) {
      figures.add(StepFigures.measure(shape, threads, steps, peer, Progress.onStandardError()));
    }
    return figures;
  }

  private List<GroupingFigures> grouped(StepTextOptions real, List<StepShape> shapes)
      throws IOException {
    Progress.Display display = Progress.onStandardError();
    int queries =
        shapes.stream().mapToInt(shape -> GroupingFigures.queries(shape, steps)).max().orElse(0);
    SpeedWorkload workload = real.workload(queries, display);
    List<GroupingFigures> figures = new ArrayList<>();
    for (StepShape shape : shapes) {
      figures.add(
          GroupingFigures.measure(shape, threads, steps, workload, options.tokenizer(), display));
    }
    return figures;
  }
}
