/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.trainer.example.Preparation;
import org.stillrank.trainer.example.Preparation.FolderReport;
import org.stillrank.trainer.example.Preparation.SourceReport;
import org.stillrank.trainer.example.TrainingSet;
import org.stillrank.trainer.preparation.TrainingData;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank train prepare}. */
@Command(
    name = "prepare",
    description = {
      "Makes the training lists and the validation queries that a config describes.",
      "Kept while config and data are unchanged; embeddings survive an interruption."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainPrepareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Mixin private TrainingDataOptions data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the prepared set; replaced when config or data changed.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    TrainingSet set =
        TrainingData.prepare(
            config.read(), data.dataHome, data.indexHome, out, Progress.onStandardError());
    print(set, spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private void print(TrainingSet set, PrintWriter to) {
    Preparation made = set.preparation();
    to.printf(
        Locale.ROOT,
        "%-22s %8s %6s %6s %9s %10s %6s %9s %7s%n",
        "source",
        "queries",
        "=test",
        "~test",
        "held out",
        "~held out",
        "used",
        "no lists",
        "lists");
    for (SourceReport each : made.sources()) {
      to.printf(
          Locale.ROOT,
          "%-22s %8d %6d %6d %9d %10d %6d %9d %7d%n",
          each.source(),
          each.queries(),
          each.equalToTest(),
          each.nearTest(),
          each.heldOut(),
          each.nearHeldOut(),
          each.used(),
          each.withoutLists(),
          each.lists());
    }
    for (FolderReport each : made.folders()) {
      to.printf(
          Locale.ROOT,
          "validation %s: %d queries, %d like test queries, %d used, %d of them without candidates%n",
          each.folder(),
          each.queries(),
          each.nearTest(),
          each.used(),
          each.withoutCandidates());
    }
    to.printf(Locale.ROOT, "teacher: %s%n", made.teacher().isEmpty() ? "none" : made.teacher());
    to.printf(
        Locale.ROOT,
        "%d lists to train on, %d queries to validate on, in %s%n",
        set.training().size(),
        set.validation().size(),
        out);
    to.flush();
  }
}
