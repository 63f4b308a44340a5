/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.stillrank.reranker.bundle.BundleManifest.FileRecord;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.PairLimits;

/** Opens a folder with a {@code bundle.json}: every file must be there, whole and unchanged. */
final class BundleFolder {
  private BundleFolder() {}

  static ModelBundle open(Path directory, Optional<String> modelFile) throws IOException {
    BundleManifest manifest = ManifestFile.read(directory.resolve(BundleManifest.FILE_NAME));
    String model = modelFile.orElse(manifest.defaultModel());
    for (Map.Entry<String, FileRecord> file : manifest.files().entrySet()) {
      verify(directory.resolve(file.getKey()), file.getValue());
    }
    return new ModelBundle(
        manifest.id(),
        directory,
        directory.resolve(model),
        ModelHash.of(directory.resolve(model), recorded(directory, manifest, model).sha256()),
        tokenizer(directory, manifest),
        new PairLimits(manifest.maxLength(), manifest.maxQueryLength()),
        manifest.separator(),
        Optional.empty(),
        Optional.of(manifest));
  }

  private static Path tokenizer(Path directory, BundleManifest manifest) {
    recorded(directory, manifest, BundleManifest.TOKENIZER_NAME);
    return directory.resolve(BundleManifest.TOKENIZER_NAME);
  }

  private static FileRecord recorded(Path directory, BundleManifest manifest, String name) {
    FileRecord record = manifest.files().get(name);
    if (record == null) {
      throw new InvalidInputException(
          "the bundle ["
              + directory
              + "] lists no file ["
              + name
              + "]; it lists "
              + manifest.files().keySet());
    }
    return record;
  }

  private static void verify(Path file, FileRecord expected) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "["
              + file
              + "] is named by bundle.json but missing or not readable; copy the bundle again");
    }
    long size = Files.size(file);
    if (size != expected.size()) {
      throw new InvalidInputException(
          "["
              + file
              + "] has ["
              + size
              + "] bytes where bundle.json says ["
              + expected.size()
              + "]: it was truncated or replaced; copy the bundle again");
    }
    String sha256 = FileHash.sha256(file);
    if (!sha256.equals(expected.sha256())) {
      throw new InvalidInputException(
          "["
              + file
              + "] has SHA-256 ["
              + sha256
              + "] where bundle.json says ["
              + expected.sha256()
              + "]: it is corrupt or was replaced; copy the bundle again");
    }
  }
}
