/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.stillrank.testing.SharedFiles;

/** The reranker's tiny models among those of a node. */
final class TinyModel {
  private static final Path MODELS = SharedFiles.project("reranker/src/test/resources/models");

  private TinyModel() {}

  /** Where a model comes from. */
  static Path folder(String name) {
    return MODELS.resolve(name);
  }

  /**
   * Copies a model.
   *
   * @param config of the node
   * @param id that the node knows it by
   */
  static void put(Path config, String name, String id) throws IOException {
    Path target = Files.createDirectories(config.resolve("stillrank/models").resolve(id));
    try (Stream<Path> files = Files.list(folder(name))) {
      for (Path each : files.toList()) {
        Files.copy(each, target.resolve(each.getFileName().toString()));
      }
    }
  }
}
