/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.BackboneConfig;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of a backbone in a folder, and whether they can be what the config describes. */
final class BackboneFolder {
  static final String CONFIG = "config.json";

  /** What a clone without Git LFS has in the place of a large file begins with this. */
  private static final String POINTER = "version https://git-lfs";

  private BackboneFolder() {}

  /**
   * The names of the files that make up the backbone: {@code config.json}, the first weights that
   * are there, and all of its tokenizer's files that are there.
   *
   * @throws InvalidInputException when one of the three is missing, or the model is of another
   *     family
   */
  static List<String> files(Path folder, BackboneConfig config) throws IOException {
    checkFamily(folder.resolve(CONFIG), config);
    List<String> files = new ArrayList<>(List.of(CONFIG));
    files.add(
        config.weights().stream()
            .filter(name -> Files.isRegularFile(folder.resolve(name)))
            .findFirst()
            .orElseThrow(() -> lacks(folder, "weights", config.weights())));
    List<String> tokenizer =
        config.tokenizer().stream()
            .filter(name -> Files.isRegularFile(folder.resolve(name)))
            .toList();
    if (tokenizer.isEmpty()) {
      throw lacks(folder, "tokenizer", config.tokenizer());
    }
    files.addAll(tokenizer);
    for (String name : files) {
      checkContent(folder.resolve(name));
    }
    return files;
  }

  private static void checkFamily(Path file, BackboneConfig config) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "[" + file + "] is missing; give a folder with all files of " + config.hubId());
    }
    String type;
    try {
      JsonNode root = JsonMapper.shared().readTree(file);
      type = root.path("model_type").asString("");
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + file + "] is not JSON: " + e.getOriginalMessage() + "; fetch it again", e);
    }
    if (!type.equals(config.family())) {
      throw new InvalidInputException(
          "["
              + file
              + "] has the model_type ["
              + type
              + "], and "
              + config.hubId()
              + " is of the family ["
              + config.family()
              + "]; give the folder of that model");
    }
  }

  private static void checkContent(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (new String(in.readNBytes(POINTER.length()), StandardCharsets.UTF_8).equals(POINTER)) {
        throw new InvalidInputException(
            "[" + file + "] is a pointer of Git LFS, not the file; run git lfs pull in its folder");
      }
    }
  }

  private static InvalidInputException lacks(Path folder, String what, List<String> names) {
    return new InvalidInputException(
        "[" + folder + "] has no " + what + "; put one of " + names + " into it");
  }
}
