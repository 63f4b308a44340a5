/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import picocli.CommandLine.Command;

/** {@code stillrank train}. */
@Command(
    name = "train",
    description = "Distils cross-encoders and exports them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainFetchCommand.class,
      TrainBenchCommand.class,
      TrainPrepareCommand.class,
      TrainRunCommand.class,
      TrainReportCommand.class,
      TrainExportCommand.class,
      TrainSelftestCommand.class,
      TrainTeachersCommand.class
    })
public final class TrainCommand {}
