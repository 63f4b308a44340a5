/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stillrank.reranker.bundle.BundleManifest.FileRecord;
import org.stillrank.reranker.storage.AtomicOutput;

/** Writes bundles: whole, hashed and checked, or not at all. */
public final class BundleWriter {
  private BundleWriter() {}

  /**
   * Copies the files into a new bundle, adds {@code bundle.json} with their hashes, opens the
   * result as a reader would, and only then puts it in the place of {@code target}.
   *
   * @param draft the manifest; its {@code files} are replaced by what is copied
   * @param files where each file's content is, by its name in the bundle
   * @throws org.stillrank.reranker.input.InvalidInputException when the result would not open
   * @throws IOException when it cannot be written; nothing half-written is left
   */
  public static ModelBundle write(Path target, BundleManifest draft, Map<String, Path> files)
      throws IOException {
    AtomicOutput.folder(
        target,
        folder -> {
          SortedMap<String, FileRecord> records = new TreeMap<>();
          for (Map.Entry<String, Path> file : files.entrySet()) {
            Path copy = folder.resolve(file.getKey());
            Files.copy(file.getValue(), copy);
            records.put(file.getKey(), new FileRecord(FileHash.sha256(copy), Files.size(copy)));
          }
          ManifestFile.write(folder.resolve(BundleManifest.FILE_NAME), draft.withFiles(records));
          for (String model : draft.quantisation().keySet()) {
            ModelBundle.open(folder, model);
          }
        });
    return ModelBundle.open(target);
  }
}
