/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import picocli.CommandLine.Command;

/** {@code stillrank bench}. */
@Command(
    name = "bench",
    description = "Searches, reranks, measures and compares.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchRunCommand.class,
      BenchLatencyCommand.class,
      BenchLoadCommand.class,
      BenchSoakCommand.class,
      BenchTuneCommand.class,
      BenchPagesCommand.class,
      BenchPassagesCommand.class,
      BenchHaystackCommand.class,
      BenchPeerCommand.class,
      BenchCompareCommand.class
    })
public final class BenchCommand {}
