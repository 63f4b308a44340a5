/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.trainer.checkpoint.TrainingState;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.example.TrainingSet;
import org.stillrank.trainer.preparation.TrainingData;
import org.stillrank.trainer.training.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stillrank train run}. */
@Command(
    name = "run",
    description = {
      "Trains what a config describes and exports the best weights as a bundle.",
      "Prepares the data when that is not done yet. Goes on by itself where an earlier run of the",
      "same config was stopped; Ctrl-C finishes the step and saves a checkpoint."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainRunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Mixin private TrainingDataOptions data;
  @Mixin private PreparedOptions prepared;

  @Override
  public Integer call() throws IOException {
    TrainingConfig read = config.read();
    // Data may take hours to prepare.
    read.trainsOn().open();
    Progress.Display display = Progress.onStandardError();
    TrainingSet set =
        TrainingData.prepare(read, data.dataHome, data.indexHome, prepared.folder(read), display);
    TrainingRun run = new TrainingRun(read, set);
    PrintWriter err = spec.commandLine().getErr();
    run.notice().ifPresent(notice -> err.println("notice: " + notice));
    err.flush();
    try (SignalledStop stop = new SignalledStop()) {
      return report(run.run(stop, display));
    }
  }

  private int report(TrainingRun.Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    TrainingState.Best best = outcome.state().best();
    if (outcome.bundle() == null || best == null) {
      out.printf(
          Locale.ROOT,
          "stopped after step %d of %d; a checkpoint is saved, the same command goes on from it%n",
          outcome.state().step(),
          outcome.steps());
      out.flush();
      return ExitCode.SOFTWARE;
    }
    out.printf(
        Locale.ROOT,
        "%d steps; best validation %.4f after step %d; bundle in %s%n",
        outcome.state().step(),
        best.value(),
        best.step(),
        outcome.bundle());
    out.flush();
    return ExitCode.OK;
  }
}
