/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.stillrank.trainer.config.TrainingConfig;
import picocli.CommandLine.Option;

/** Where the prepared set of a config is, the same for every command that trains or exports. */
final class PreparedOptions {
  @Option(
      names = "--prepared",
      paramLabel = "DIR",
      description =
          "Folder of the prepared set, as train prepare makes it. Default: prepared in the"
              + " config's output folder.")
  private @Nullable Path folder;

  Path folder(TrainingConfig config) {
    return folder != null ? folder : Path.of(config.output()).resolve("prepared");
  }
}
