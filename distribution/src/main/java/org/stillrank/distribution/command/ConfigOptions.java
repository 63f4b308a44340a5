/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.nio.file.Path;
import java.util.List;
import org.stillrank.trainer.config.TrainingConfig;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What describes a training. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConfigOptions {
  @Parameters(paramLabel = "CONFIG", description = "A YAML file, as in config/experiments.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Another value for a key of the config, in YAML, such as optimisation.steps=400, or none"
              + " for no value; may be repeated. A training's later commands need the same.")
  private List<String> changes = List.of();

  TrainingConfig read() {
    return TrainingConfig.read(config, changes);
  }
}
