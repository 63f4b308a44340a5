/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  @Mixin private WorkloadOptions options;

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

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Progress.Display display = Progress.onStandardError();
    List<Schedule> others = schedules.stream().map(ModelBenchCommand::schedule).toList();
    SpeedWorkload workload = options.workload(display);
    for (int maxLength : maxLengths) {
      out.printf(
          Locale.ROOT,
          "%s, %d queries, depth %d, at most %d tokens, %d processors%n",
          workload.name(),
          workload.requests().size(),
          options.depth(),
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
