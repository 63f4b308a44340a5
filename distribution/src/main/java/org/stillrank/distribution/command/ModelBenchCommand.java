/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.ModelMeasurement;
import org.stillrank.bench.speed.RequestSizeMeasurement;
import org.stillrank.bench.speed.ScheduleMeasurement;
import org.stillrank.bench.speed.SpeedReport;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.Schedule;
import org.stillrank.reranker.tokenization.PairLimits;
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
      "the schedules that other rerankers use, in turns within one run. With --against: how fast",
      "other models are beside it. With --clients: what small requests cost, several at a time."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "Ratios of one run can be trusted to a few per cent; seconds move with the machine. Of requests",
      "that take a few milliseconds they cannot: the threads of a plain schedule spin for about as",
      "long after it, on a core that the next one needs.",
      "Example: stillrank model bench MODEL --data DIR --queries 20 --max-length 128,256"
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
      description =
          "Tokens of a pair; several are measured one after another. Default: each model's own"
              + " max_length.")
  private List<Integer> maxLengths = List.of();

  @Option(
      names = "--schedule",
      paramLabel = "WxTxN",
      description =
          "Measure the reranker also with W workers of T threads and N tokens a batch; repeatable.")
  private List<String> schedules = List.of();

  @Option(
      names = "--against",
      paramLabel = "MODEL",
      description =
          "Measure this model beside the first instead of schedules; repeatable. A bundle's files"
              + " are told apart by FOLDER:NAME, such as DIR:model.onnx.")
  private List<String> against = List.of();

  @Option(
      names = "--clients",
      paramLabel = "N",
      description =
          "Measure requests that N clients send at once, of 1, 2, 4, 8 documents and so on up to"
              + " --depth, in place of schedules.")
  private @Nullable Integer clients;

  @Override
  public Integer call() throws IOException {
    if (clients != null && !(against.isEmpty() && schedules.isEmpty())) {
      throw new InvalidInputException(
          "[--clients] measures one model in its own schedule; leave out --against and --schedule");
    }
    PrintWriter out = spec.commandLine().getOut();
    Progress.Display display = Progress.onStandardError();
    List<Schedule> others = schedules.stream().map(ModelBenchCommand::schedule).toList();
    List<ModelBundle> models = new ArrayList<>(List.of(model.open()));
    for (String each : against) {
      models.add(ModelFolder.of(each).open());
    }
    SpeedWorkload workload = options.workload(models, display);
    List<List<ModelBundle>> measured =
        maxLengths.isEmpty()
            ? List.of(models)
            : maxLengths.stream().map(length -> cut(models, length)).toList();
    for (List<ModelBundle> each : measured) {
      out.printf(
          Locale.ROOT,
          "%s, %d queries, depth %d, at most %s tokens, %d processors%n",
          workload.name(),
          workload.requests().size(),
          options.depth(),
          each.stream()
              .map(bundle -> Integer.toString(bundle.maxLength()))
              .distinct()
              .collect(Collectors.joining(" and ")),
          Runtime.getRuntime().availableProcessors());
      out.println(report(each, workload, others, display));
      out.flush();
    }
    return 0;
  }

  private String report(
      List<ModelBundle> measured,
      SpeedWorkload workload,
      List<Schedule> others,
      Progress.Display display)
      throws IOException {
    ModelBundle first = measured.getFirst();
    if (clients != null) {
      return SpeedReport.ofSizes(
          RequestSizeMeasurement.run(first, workload, sizes(), clients, display));
    }
    return against.isEmpty()
        ? SpeedReport.ofSchedules(ScheduleMeasurement.run(first, workload, others, display))
        : SpeedReport.ofModels(ModelMeasurement.run(measured, workload, display));
  }

  private List<Integer> sizes() {
    return IntStream.iterate(1, size -> size < options.depth(), size -> 2 * size)
        .boxed()
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                smaller -> {
                  smaller.add(options.depth());
                  return smaller;
                }));
  }

  private static List<ModelBundle> cut(List<ModelBundle> models, int maxLength) {
    return models.stream()
        .map(each -> each.withLimits(new PairLimits(maxLength, each.maxQueryLength())))
        .toList();
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
