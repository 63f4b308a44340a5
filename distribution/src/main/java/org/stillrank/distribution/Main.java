/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.stillrank.distribution.command.BenchCommand;
import org.stillrank.distribution.command.ModelCommand;
import org.stillrank.distribution.command.QuickstartCommand;
import org.stillrank.distribution.command.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line behind the launcher {@code stillrank}. */
@Command(
    name = "stillrank",
    description = "Trains, measures and serves distilled cross-encoder rerankers.",
    mixinStandardHelpOptions = true,
    version = "stillrank 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The launcher itself adds: stillrank test, which runs every check and test, and stillrank"
          + " package, which builds the plugin zip and an archive of this command line."
    },
    subcommands = {
      QuickstartCommand.class,
      BenchCommand.class,
      ModelCommand.class,
      TrainCommand.class
    })
public final class Main {
  /** Held, because the level of a logger that nobody holds is forgotten. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  private Main() {}

  public static void main(String[] arguments) {
    // Lucene advises a faster vector module at every start; BM25 does not use vectors.
    LUCENE.setLevel(Level.SEVERE);
    System.exit(commandLine().execute(arguments));
  }

  /** The commands, and failures shown by {@link FailureReport}. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(new FailureReport());
  }
}
