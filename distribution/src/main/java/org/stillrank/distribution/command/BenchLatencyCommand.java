/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.RawSchedule;
import org.stillrank.bench.speed.ScheduleMeasurement;
import org.stillrank.bench.speed.SpeedComparison;
import org.stillrank.bench.speed.SpeedReport;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.distribution.cluster.ClauseContender;
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
        "Times the rescore clause of a server against the reranker alone, one padded batch and one"
            + " document at a time, on the same texts, in turns within one run. Processor time is"
            + " of this process, so it leaves out the server's.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchLatencyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ElasticsearchOption elasticsearch;
  @Mixin private WorkloadOptions options;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      required = true,
      description = "A model bundle or Hugging Face cross-encoder folder.")
  private Path model;

  @Override
  public Integer call() throws IOException {
    Progress.Display display = Progress.onStandardError();
    ModelBundle bundle = ModelBundle.open(model);
    SpeedWorkload workload = options.workload(display);
    int processors = Runtime.getRuntime().availableProcessors();
    SpeedComparison comparison;
    try (ElasticsearchOption.Target target = elasticsearch.open(List.of(bundle));
        ClauseContender clause = ClauseContender.over(target.client(), bundle, workload, display)) {
      comparison =
          ScheduleMeasurement.run(
              bundle,
              workload,
              List.of(),
              RawSchedule.usualOnProcessors(processors),
              List.of(clause),
              display);
      target.done();
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s, %d queries, window %d, at most %d tokens, %d processors%n%s",
        workload.name(),
        workload.requests().size(),
        options.depth(),
        bundle.maxLength(),
        processors,
        SpeedReport.ofSchedules(comparison));
    out.flush();
    return ExitCode.OK;
  }
}
