/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON objects of a model folder, read strictly: a name that stands twice is an error. */
final class JsonFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonFile() {}

  /** The file's object, an empty one when there is no such file. */
  static JsonNode readIfThere(Path file) throws IOException {
    return Files.isRegularFile(file) ? read(file) : JSON.createObjectNode();
  }

  static JsonNode read(Path file) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "["
              + file
              + "] line "
              + e.getLocation().getLineNr()
              + " is not JSON as it should be: "
              + e.getOriginalMessage()
              + "; copy the file again",
          e);
    }
    if (!root.isObject()) {
      throw new InvalidInputException("[" + file + "] is not a JSON object; copy the file again");
    }
    return root;
  }
}
