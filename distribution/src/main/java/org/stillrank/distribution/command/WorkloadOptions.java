/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.nio.file.Path;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.SpeedWorkload;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every measurement of speed scores. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WorkloadOptions {
  @Mixin private QueryOptions queries;

  @Option(names = "--depth", description = "BM25 hits of each.", defaultValue = "100")
  private int depth;

  @Option(
      names = "--index-home",
      paramLabel = "DIR",
      description = "Where indexes are kept and found again.",
      defaultValue = "${sys:user.home}/.cache/stillrank/indexes")
  private Path indexHome;

  int depth() {
    return depth;
  }

  SpeedWorkload workload(Progress.Display display) throws IOException {
    return SpeedWorkload.of(
        queries.collection(), queries.split(), queries.queries(), depth, indexHome, display);
  }
}
