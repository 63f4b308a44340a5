/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A YAML file that is read into a record, every deviation refused. */
final class ConfigFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private final Path file;

  ConfigFile(Path file) {
    this.file = file;
  }

  /**
   * @param changes made before it is read, as {@link ConfigChange#parse} has them
   */
  <T extends Record> T read(Class<T> type, List<String> changes) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "config [" + file + "] is no file; name an existing YAML file");
    }
    try {
      JsonNode tree = YAML.readTree(file.toFile());
      changes.forEach(each -> ConfigChange.parse(each, YAML).in(tree));
      return type.cast(new RecordReader().read(tree, type));
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "config ["
              + file
              + "] line "
              + e.getLocation().getLineNr()
              + " is no valid YAML: "
              + e.getOriginalMessage(),
          e);
    } catch (InvalidInputException e) {
      throw new InvalidInputException("config [" + file + "]: " + e.getMessage(), e);
    }
  }
}
