/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.bundle.BundleManifest.FileRecord;
import org.stillrank.reranker.head.BatchDependence;
import org.stillrank.reranker.head.HeadProbe;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.session.OnnxSession;
import org.stillrank.reranker.session.SessionSettings;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.reranker.tokenization.PairTokenizer;

/** Writes bundles: whole, hashed and checked, or not at all. */
public final class BundleWriter {
  private BundleWriter() {}

  /**
   * Copies the files into a new bundle, adds {@code bundle.json} with their hashes, opens the
   * result as a reader would, tries every model file in it, and only then puts it in the place of
   * {@code target}.
   *
   * @param draft the manifest; its {@code files} are replaced by what is copied
   * @param files where each file's content is, by its name in the bundle
   * @throws InvalidInputException when the result would not open, or {@code target} holds files and
   *     is no bundle, which must not be replaced
   * @throws IOException when it cannot be written; nothing half-written is left
   */
  public static ModelBundle write(Path target, BundleManifest draft, Map<String, Path> files)
      throws IOException {
    requireReplaceable(target);
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
            tryScoring(ModelBundle.open(folder, model), draft.quantisation().get(model));
          }
        });
    return ModelBundle.open(target);
  }

  /** Told before minutes of work by those who export, and again before anything is replaced. */
  public static void requireReplaceable(Path target) throws IOException {
    if (!Files.exists(target) || Files.isRegularFile(target.resolve(BundleManifest.FILE_NAME))) {
      return;
    }
    if (Files.isDirectory(target)) {
      try (Stream<Path> inside = Files.list(target)) {
        if (inside.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new InvalidInputException(
        "[" + target + "] holds files and is no bundle; name a new or empty folder, or a bundle");
  }

  private static void tryScoring(ModelBundle bundle, @Nullable Quantisation quantisation)
      throws IOException {
    try (PairTokenizer tokenizer = PairTokenizer.open(bundle.tokenizerFile(), bundle.limits());
        OnnxSession session =
            OnnxSession.open(
                bundle.onnxFile(),
                bundle.onnxSha256(),
                new SessionSettings(1),
                "writer of " + bundle.id())) {
      HeadProbe probe =
          HeadProbe.run(
              session, tokenizer, tokenizer.vocabulary().padId(), bundle.onnxFile().toString());
      BatchDependence found = BatchDependence.ofOperators(bundle.onnxFile()).or(probe.dependence());
      if (found == BatchDependence.BATCH_DEPENDENT && quantisation != Quantisation.INT8_PER_BATCH) {
        throw new InvalidInputException(
            "the model ["
                + bundle.onnxFile().getFileName()
                + "] is declared as quantisation ["
                + quantisation
                + "] but its scores move with the batch by up to ["
                + probe.largestDifference()
                + "]; quantise weights only, or declare int8_per_batch");
      }
    }
  }
}
