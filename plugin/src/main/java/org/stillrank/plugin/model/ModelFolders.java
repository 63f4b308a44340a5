/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a node has its models.
 *
 * @param home {@code config/stillrank/models}
 */
public record ModelFolders(Path home) {
  /**
   * The folder of a model.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public Path of(String id) {
    if (!ModelId.isValid(id)) {
      throw new IllegalArgumentException("[model] is [" + id + "]; " + ModelId.RULE);
    }
    Path folder = home.resolve(id);
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "there is no model [" + id + "] on this node; put its folder in [" + home + "]");
    }
    return folder;
  }

  /** Whether there is a folder of this name. */
  boolean has(String id) {
    return ModelId.isValid(id) && Files.isDirectory(home.resolve(id));
  }

  /** Names of the folders there are. */
  List<String> ids() throws IOException {
    if (!Files.isDirectory(home)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(home)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(ModelId::isValid)
          .sorted()
          .toList();
    }
  }
}
