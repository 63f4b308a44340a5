/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.RawSchedule;
import org.stillrank.bench.speed.ScheduleMeasurement;
import org.stillrank.bench.speed.SpeedComparison;
import org.stillrank.bench.speed.SpeedReport;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.distribution.cluster.ServedContenders;
import org.stillrank.reranker.bundle.ModelBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank bench latency}. */
@Command(
    name = "latency",
    description =
        "Times the rescore clause of a server, the same on token ids, and the cross_encoder"
            + " retriever against the reranker alone, one padded batch, one document at a time and"
            + " the runtime's fastest plain schedule, on the same texts, in turns within one run."
            + " Processor time is of this process, so it leaves out the server's.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchLatencyCommand implements Callable<Integer> {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;
  @Mixin private ElasticsearchOption elasticsearch;
  @Mixin private WorkloadOptions options;
  @Mixin private SettleOption settle;

  @Option(
      names = "--model",
      paramLabel = NamedModels.LABEL,
      required = true,
      description = NamedModels.DESCRIPTION)
  private List<String> models;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each query is scored; medians of more are steadier.",
      defaultValue = "1")
  private int rounds;

  @Override
  public Integer call() throws IOException {
    Progress.Display display = Progress.onStandardError();
    double settleSeconds = settle.seconds();
    List<ModelBundle> bundles = NamedModels.open(models);
    SpeedWorkload once = options.workload(bundles, display);
    SpeedWorkload workload = once.repeated(rounds);
    PrintWriter out = spec.commandLine().getOut();
    try (ElasticsearchOption.Target target = elasticsearch.open(bundles)) {
      for (ModelBundle bundle : bundles) {
        out.printf(
            Locale.ROOT,
            "%s, %s: %d queries, window %d, rounds %d, at most %d tokens, %d processors%n%s%n",
            workload.name(),
            bundle.id(),
            once.requests().size(),
            options.depth(),
            rounds,
            bundle.maxLength(),
            PROCESSORS,
            SpeedReport.ofWays(measured(target, bundle, workload, settleSeconds, display)));
        out.flush();
      }
      target.done();
    }
    return ExitCode.OK;
  }

  private static SpeedComparison measured(
      ElasticsearchOption.Target target,
      ModelBundle bundle,
      SpeedWorkload workload,
      double settleSeconds,
      Progress.Display display)
      throws IOException {
    try (ServedContenders served =
        ServedContenders.over(target.client(), bundle, workload, display)) {
      served.settle(settleSeconds, display);
      return ScheduleMeasurement.run(
          bundle,
          workload,
          List.of(),
          RawSchedule.usualOnProcessors(PROCESSORS),
          served.all(),
          display);
    } catch (UncheckedIOException e) {
      // A contender cannot throw what the server's refusal is.
      throw e.getCause();
    }
  }
}
