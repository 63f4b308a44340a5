/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.storage.AtomicOutput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model of a server of one's own, whose files may be replaced.
 *
 * @param id its name in the server
 * @param folder the server's copy, a bundle or a Hugging Face folder
 */
public record DeployedModel(String id, Path folder) {
  /**
   * ONNX' {@code ModelProto.doc_string}, field 6; of one that stands there twice the last counts.
   */
  private static final byte[] REMARK = {6 << 3 | 2, 4, 's', 'o', 'a', 'k'};

  /** Where the server tells of it. */
  String path() {
    return "/_stillrank/models/" + id;
  }

  /**
   * Puts a graph of other bytes and the same meaning in the place of the present one: with a
   * remark, or without it again. A server shares sessions by their file's hash, so the same file
   * again would open nothing.
   *
   * @return by what the server tells the model that is there now from others
   */
  String replace() throws IOException {
    ModelBundle present = ModelBundle.open(folder);
    Path file = present.onnxFile();
    byte[] other = toggled(Files.readAllBytes(file));
    AtomicOutput.file(file, out -> out.write(other));
    if (present.manifest().isPresent()) {
      note(String.valueOf(file.getFileName()), FileHash.sha256(file), other.length);
    }
    return ModelBundle.open(folder).onnxSha256();
  }

  private static byte[] toggled(byte[] graph) {
    int rest = graph.length - REMARK.length;
    if (Arrays.equals(graph, rest, graph.length, REMARK, 0, REMARK.length)) {
      return Arrays.copyOf(graph, rest);
    }
    byte[] remarked = Arrays.copyOf(graph, graph.length + REMARK.length);
    System.arraycopy(REMARK, 0, remarked, graph.length, REMARK.length);
    return remarked;
  }

  /** What a bundle says of its files must be true. */
  private void note(String name, String sha256, long size) throws IOException {
    Path file = folder.resolve(BundleManifest.FILE_NAME);
    JsonNode manifest = JsonMapper.shared().readTree(file);
    ((ObjectNode) manifest.path("files").path(name)).put("sha256", sha256).put("size", size);
    AtomicOutput.text(file, manifest.toString());
  }
}
