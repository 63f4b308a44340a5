/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution;

import java.io.PrintWriter;
import org.stillrank.distribution.command.BenchCommand;
import org.stillrank.distribution.command.ModelCommand;
import org.stillrank.distribution.command.TrainCommand;
import org.stillrank.reranker.input.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line behind the launcher {@code stillrank}. */
@Command(
    name = "stillrank",
    description = "Trains, measures and serves distilled cross-encoder rerankers.",
    mixinStandardHelpOptions = true,
    version = "stillrank 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BenchCommand.class, ModelCommand.class, TrainCommand.class})
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The commands, with errors of the user's input shown as their message alone. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(messageOfInvalidInput());
  }

  private static IExecutionExceptionHandler messageOfInvalidInput() {
    return (failure, command, parsed) -> {
      PrintWriter err = command.getErr();
      if (failure instanceof InvalidInputException) {
        err.println("error: " + failure.getMessage());
        return ExitCode.USAGE;
      }
      failure.printStackTrace(err);
      return ExitCode.SOFTWARE;
    };
  }
}
