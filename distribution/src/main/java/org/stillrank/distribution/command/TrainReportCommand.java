/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.stillrank.trainer.report.TrainingReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stillrank train report}. */
@Command(
    name = "report",
    description = {
      "Writes a page with the curves of a training, report.html, into its output folder.",
      "Train run does so when it ends; this does it at any time, also while a training runs."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FOLDER",
      description = "The output folder of a training, where its log.jsonl is.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    PrintWriter to = spec.commandLine().getOut();
    to.println("report in " + TrainingReport.write(output));
    to.flush();
    return ExitCode.OK;
  }
}
