/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.ScheduleMeasurement;
import org.stillrank.bench.speed.SpeedReport;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.Schedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank model bench}. */
@Command(
    name = "bench",
    description = {
      "Measures how fast a model scores real candidates: the reranker and the plain ONNX Runtime in",
      "the schedules that other rerankers use, in turns within one run."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "Ratios of one run can be trusted to a few per cent; seconds move with the machine.",
      "Example: stillrank model bench MODEL --data DIR --queries 20 --max-length 256,512"
    })
public final class ModelBenchCommand implements Callable<Integer> {
  private static final Pattern SCHEDULE = Pattern.compile("(\\d{1,4})x(\\d{1,4})x(\\d{1,7})");

  @Spec private CommandSpec spec;
  @Mixin private ModelFolder model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "A BEIR folder: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv.")
  private Path data;

  @Option(names = "--split", description = "Where queries come from.", defaultValue = "test")
  private String split;

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "How many, spread evenly over the split.",
      defaultValue = "20")
  private int queries;

  @Option(names = "--depth", description = "BM25 hits of each.", defaultValue = "100")
  private int depth;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      split = ",",
      description = "Tokens of a pair; several are measured one after another.",
      defaultValue = "256,512")
  private List<Integer> maxLengths;

  @Option(
      names = "--schedule",
      paramLabel = "WxTxN",
      description =
          "Measure the reranker also with W workers of T threads and N tokens a batch; repeatable.")
  private List<String> schedules = List.of();

  @Option(
      names = "--index-home",
      paramLabel = "DIR",
      description = "Where indexes are kept and found again.",
      defaultValue = "${sys:user.home}/.cache/stillrank/indexes")
  private Path indexHome;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Progress.Display display = Progress.onStandardError();
    List<Schedule> others = schedules.stream().map(ModelBenchCommand::schedule).toList();
    SpeedWorkload workload =
        SpeedWorkload.of(BeirCollection.open(data), split, queries, depth, indexHome, display);
    for (int maxLength : maxLengths) {
      out.printf(
          Locale.ROOT,
          "%s, %d queries, depth %d, at most %d tokens, %d processors%n",
          workload.name(),
          workload.requests().size(),
          depth,
          maxLength,
          Runtime.getRuntime().availableProcessors());
      out.println(
          SpeedReport.of(
              ScheduleMeasurement.run(model.open(maxLength), workload, others, display)));
      out.flush();
    }
    return 0;
  }

  private static Schedule schedule(String text) {
    Matcher parts = SCHEDULE.matcher(text);
    if (!parts.matches()) {
      throw new InvalidInputException(
          "the schedule [" + text + "] is not WORKERSxTHREADSxTOKENS; give for example 2x1x512");
    }
    return new Schedule(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }
}
