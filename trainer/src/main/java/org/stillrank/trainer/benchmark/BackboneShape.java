/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.ConfigJson;

/**
 * A network without its weights, for which any can be drawn.
 *
 * @param name what it is called
 */
public record BackboneShape(String name, Architecture architecture) {
  private static final String ENDING = ".json";

  /**
   * A shape kept in a folder such as {@code config/backbones}, as {@code NAME.json}.
   *
   * @throws InvalidInputException when there is none of that name, with the names of all
   */
  public static BackboneShape named(String name, Path folder) throws IOException {
    List<String> known = names(folder);
    if (!known.contains(name)) {
      throw new InvalidInputException(
          "["
              + name
              + "] is no shape in ["
              + folder
              + "]; name one of "
              + known
              + ", or the folder of a model");
    }
    return new BackboneShape(name, ConfigJson.read(folder.resolve(name + ENDING)));
  }

  /** That of a Hugging Face folder's {@code config.json}; its weights are not read. */
  public static BackboneShape of(Path model) {
    String name = String.valueOf(model.toAbsolutePath().normalize().getFileName());
    return new BackboneShape(name, ConfigJson.read(model.resolve("config.json")));
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "[" + folder + "] is no folder; run ./stillrank, which knows where its configs are");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(ENDING))
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .sorted()
          .toList();
    }
  }
}
