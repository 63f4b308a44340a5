/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code backbone.json} in a fetched folder: where its files come from and what they hash to.
 *
 * @param hubId the model
 * @param origin the address and commit, or the folder, that the files come from
 * @param licence SPDX name of the weights' licence
 * @param sha256 of each file by its name
 */
public record BackboneManifest(
    String hubId, String origin, String licence, SortedMap<String, String> sha256) {
  static final String FILE = "backbone.json";

  private static final String FILES = "sha256";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Describes the named files of a folder. */
  static BackboneManifest of(
      Path folder, Iterable<String> files, String hubId, String origin, String licence)
      throws IOException {
    SortedMap<String, String> sha256 = new TreeMap<>();
    for (String file : files) {
      sha256.put(file, FileHash.sha256(folder.resolve(file)));
    }
    return new BackboneManifest(hubId, origin, licence, sha256);
  }

  void write(Path folder) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("hub_id", hubId).put("origin", origin).put("licence", licence);
    sha256.forEach(root.putObject(FILES)::put);
    Files.writeString(
        folder.resolve(FILE), JSON.writeValueAsString(root) + "\n", StandardCharsets.UTF_8);
  }

  /**
   * Reads the manifest of a folder.
   *
   * @throws InvalidInputException when there is none, or it is malformed
   */
  static BackboneManifest read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      JsonNode root = JSON.readTree(file);
      SortedMap<String, String> sha256 = new TreeMap<>();
      root.path(FILES).forEachEntry((name, hash) -> sha256.put(name, hash.asString("")));
      return new BackboneManifest(
          root.path("hub_id").asString(""),
          root.path("origin").asString(""),
          root.path("licence").asString(""),
          sha256);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + file + "] cannot be read; delete [" + folder + "], or name another --out", e);
    }
  }

  /** Whether all files are there and unchanged. */
  boolean holdsIn(Path folder) throws IOException {
    for (Map.Entry<String, String> each : sha256.entrySet()) {
      Path file = folder.resolve(each.getKey());
      if (!Files.isRegularFile(file) || !FileHash.sha256(file).equals(each.getValue())) {
        return false;
      }
    }
    return !sha256.isEmpty();
  }
}
