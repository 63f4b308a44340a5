/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import picocli.CommandLine.Command;

/** {@code stillrank model}. */
@Command(
    name = "model",
    description = "Looks into a model, checks it, scores with it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelBenchCommand.class,
      ModelInspectCommand.class,
      ModelScoreCommand.class,
      ModelVerifyCommand.class
    })
public final class ModelCommand {}
