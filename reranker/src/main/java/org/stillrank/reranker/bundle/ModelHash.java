/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import org.stillrank.reranker.graph.OnnxGraph;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Tells models apart, also those that keep weights in files beside the graph, as exports of more
 * than two gigabytes do.
 */
final class ModelHash {
  private ModelHash() {}

  /**
   * The file's own hash; where it has weights elsewhere, that of all files' hashes.
   *
   * @param sha256 of the file itself
   * @throws InvalidInputException when one of these files is missing or lies outside the folder
   */
  static String of(Path onnxFile, String sha256) throws IOException {
    SortedSet<String> elsewhere = OnnxGraph.read(onnxFile).weightFiles();
    if (elsewhere.isEmpty()) {
      return sha256;
    }
    StringBuilder all = new StringBuilder(sha256);
    for (String name : elsewhere) {
      all.append('\n').append(name).append(' ').append(FileHash.sha256(beside(onnxFile, name)));
    }
    return FileHash.sha256(all.toString());
  }

  private static Path beside(Path onnxFile, String name) {
    Path graph = onnxFile.toAbsolutePath().normalize();
    Path file = graph.resolveSibling(name).normalize();
    if (!file.startsWith(graph.resolveSibling("")) || !Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "["
              + onnxFile
              + "] keeps weights in ["
              + name
              + "], which is no file in its folder; copy it there, or export the model again");
    }
    return file;
  }
}
