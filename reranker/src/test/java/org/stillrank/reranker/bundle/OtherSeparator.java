/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bundles that join a document's fields by other than one space, as no shipped one does. */
public final class OtherSeparator {
  private OtherSeparator() {}

  /** A new bundle of a tiny model. */
  public static ModelBundle tiny(Path folder, String separator) throws IOException {
    BundleWriter.write(folder, Manifests.tiny(), Manifests.files());
    return in(folder, separator);
  }

  /** Changes a bundle that is there. */
  public static ModelBundle in(Path folder, String separator) throws IOException {
    Path file = folder.resolve(BundleManifest.FILE_NAME);
    JsonNode manifest = JsonMapper.shared().readTree(file);
    Files.writeString(file, ((ObjectNode) manifest).put("separator", separator).toString());
    return ModelBundle.open(folder);
  }
}
