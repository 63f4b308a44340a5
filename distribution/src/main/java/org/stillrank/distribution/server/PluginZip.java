/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.stillrank.reranker.input.InvalidInputException;

/** The plugin as it was built. */
public final class PluginZip {
  private static final String NAME = "stillrank-.*-es[0-9.]+\\.zip";

  private PluginZip() {}

  /**
   * The zip in the build of a source tree, or beside the command line of an archive.
   *
   * @param root of either
   * @throws InvalidInputException when there is none, or several
   */
  public static Path below(Path root) throws IOException {
    for (Path folder : List.of(root.resolve("plugin/target"), root.resolve("plugin"))) {
      if (Files.isDirectory(folder)) {
        List<Path> found = zips(folder);
        if (found.size() > 1) {
          throw new InvalidInputException(
              "there are several plugins: " + found + "; delete those of other versions");
        }
        if (!found.isEmpty()) {
          return found.getFirst();
        }
      }
    }
    throw new InvalidInputException(
        "[" + root + "] has no plugin zip; build it with [./stillrank package]");
  }

  private static List<Path> zips(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(NAME)).toList();
    }
  }
}
