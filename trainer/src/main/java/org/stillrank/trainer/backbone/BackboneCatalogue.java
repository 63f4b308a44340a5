/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.BackboneConfig;

/**
 * The backbones that a folder of YAML files describes, {@code config/backbones}.
 *
 * @param configs by the names of their files without {@code .yaml}
 */
public record BackboneCatalogue(SortedMap<String, BackboneConfig> configs) {
  private static final String ENDING = ".yaml";

  /**
   * Reads all files of a folder.
   *
   * @throws InvalidInputException when one of them is malformed, or the folder is missing
   */
  public static BackboneCatalogue read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "[" + folder + "] is no folder; run ./stillrank, which knows where its configs are");
    }
    SortedMap<String, BackboneConfig> configs = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(ENDING)) {
          configs.put(
              name.substring(0, name.length() - ENDING.length()), BackboneConfig.read(file));
        }
      }
    }
    return new BackboneCatalogue(configs);
  }

  /**
   * The name of a backbone that is asked for by it, or by its hub id.
   *
   * @throws InvalidInputException when there is none, with the names of all
   */
  public String name(String nameOrHubId) {
    return configs.entrySet().stream()
        .filter(each ->
            each.getKey().equals(nameOrHubId) || each.getValue().hubId().equals(nameOrHubId))
        .map(each -> each.getKey())
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "["
                    + nameOrHubId
                    + "] is no backbone; name one of "
                    + configs.keySet()
                    + ", or describe another one in config/backbones"));
  }

  /** The backbone of a name that {@link #name} gave. */
  public BackboneConfig config(String name) {
    BackboneConfig config = configs.get(name);
    if (config == null) {
      throw new IllegalArgumentException("no backbone " + name);
    }
    return config;
  }
}
