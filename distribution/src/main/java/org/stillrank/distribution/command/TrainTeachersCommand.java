/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.trainer.preparation.TeacherFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stillrank train teachers}. */
@Command(
    name = "teachers",
    description = {
      "Measures a config's retrievers and its teacher on the training queries validation is from.",
      "Choose members and weights by it, never by a test set."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainTeachersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Mixin private TrainingDataOptions data;

  @Override
  public Integer call() throws IOException {
    TeacherFigures figures =
        TeacherFigures.of(config.read(), data.dataHome, data.indexHome, Progress.onStandardError());
    PrintWriter to = spec.commandLine().getOut();
    figures.measures().forEach(measure -> to.printf(Locale.ROOT, "%8s ", measure.name()));
    to.println();
    for (TeacherFigures.Row row : figures.rows()) {
      row.means().forEach(mean -> to.printf(Locale.ROOT, "%8.4f ", mean));
      to.println(row.name());
    }
    to.flush();
    return ExitCode.OK;
  }
}
