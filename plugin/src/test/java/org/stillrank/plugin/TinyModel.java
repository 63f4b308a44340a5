/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.testing.SharedFiles;

/** The reranker's tiny models among those of a node. */
final class TinyModel {
  private static final Path MODELS = SharedFiles.project("reranker/src/test/resources/models");

  private TinyModel() {}

  /** Where a model comes from. */
  static Path folder(String name) {
    return MODELS.resolve(name);
  }

  /** To be asked what a node should say. */
  static CrossEncoder open(String name) throws IOException {
    return CrossEncoder.open(ModelBundle.open(folder(name)), ScoringOptions.defaults());
  }

  /**
   * Copies a model, in place of the files of one that is there.
   *
   * @param config of the node
   * @param id that the node knows it by
   */
  static void put(Path config, String name, String id) throws IOException {
    Path target = Files.createDirectories(config.resolve("stillrank/models").resolve(id));
    try (Stream<Path> files = Files.list(folder(name))) {
      for (Path each : files.toList()) {
        Files.copy(
            each,
            target.resolve(each.getFileName().toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
