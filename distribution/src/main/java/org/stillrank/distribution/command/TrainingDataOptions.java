/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where training data is, the same for every command that reads it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainingDataOptions {
  @Option(
      names = "--data-home",
      paramLabel = "DIR",
      defaultValue = "../shared/data",
      description = "Folder of the collections. Default: ${DEFAULT-VALUE}.")
  Path dataHome;

  @Option(
      names = "--index-home",
      paramLabel = "DIR",
      defaultValue = "${sys:user.home}/.cache/stillrank/indexes",
      description = "Folder of kept BM25 indexes. Default: ${DEFAULT-VALUE}.")
  Path indexHome;
}
