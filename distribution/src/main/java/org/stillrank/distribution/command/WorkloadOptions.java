/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
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

  /**
   * Texts that all of the models read.
   *
   * @throws InvalidInputException when they join a document's fields differently
   */
  SpeedWorkload workload(List<ModelBundle> models, Progress.Display display) throws IOException {
    return SpeedWorkload.of(
        queries.collection(),
        queries.split(),
        queries.queries(),
        depth,
        separator(models),
        indexHome,
        display);
  }

  private static String separator(List<ModelBundle> models) {
    List<String> separators = models.stream().map(ModelBundle::separator).distinct().toList();
    if (separators.size() > 1) {
      throw new InvalidInputException(
          "the models "
              + models.stream().map(ModelBundle::id).toList()
              + " join a document's fields by ["
              + String.join("] and by [", separators)
              + "], and are measured on the same texts; measure each alone");
    }
    return separators.getFirst();
  }
}
