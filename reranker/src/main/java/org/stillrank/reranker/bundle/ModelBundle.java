/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.PairLimits;

/**
 * A model on disk, ready to be opened by a {@code CrossEncoder}: Stillrank's own bundle, or a
 * Hugging Face cross-encoder folder.
 *
 * <p>Opening reads the description and compares every file's size and SHA-256 with it; the graph
 * and the tokenizer are checked when the cross-encoder opens them.
 *
 * @param id the model's name
 * @param directory where it lies
 * @param onnxFile the graph to run
 * @param onnxSha256 SHA-256 of that file, and of those in which it keeps weights: the identity
 *     under which sessions are shared
 * @param tokenizerFile its tokenizer.json
 * @param limits how long pairs may be
 * @param separator what joins a document's fields
 * @param padId the token that fills batches, where the description names one
 * @param manifest the content of bundle.json; empty for a Hugging Face folder
 */
public record ModelBundle(
    String id,
    Path directory,
    Path onnxFile,
    String onnxSha256,
    Path tokenizerFile,
    PairLimits limits,
    String separator,
    Optional<Integer> padId,
    Optional<BundleManifest> manifest) {

  /**
   * Opens a bundle or a Hugging Face folder with its default model file.
   *
   * @throws InvalidInputException when something in it is missing, corrupt or not understood
   * @throws IOException when it cannot be read
   */
  public static ModelBundle open(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new InvalidInputException(
          "there is no model folder ["
              + directory
              + "] (or it is not readable); give a folder with bundle.json, or with config.json,"
              + " tokenizer.json and model.onnx");
    }
    if (BundleManifest.isIn(directory)) {
      return BundleFolder.open(directory, Optional.empty());
    }
    if (Files.exists(directory.resolve(HuggingFaceFolder.CONFIG_NAME))) {
      return HuggingFaceFolder.open(directory);
    }
    throw new InvalidInputException(
        "["
            + directory
            + "] is no model: it has neither bundle.json nor config.json; give a bundle written by"
            + " train, or a Hugging Face cross-encoder folder exported to ONNX");
  }

  /**
   * Opens a bundle with another of its model files: {@code model.onnx}, {@code model.int8.onnx}.
   */
  public static ModelBundle open(Path directory, String modelFile) throws IOException {
    return BundleFolder.open(directory, Optional.of(modelFile));
  }

  /** Tokens of a whole pair, special tokens included. */
  public int maxLength() {
    return limits.maxLength();
  }

  /** Tokens of the query alone. */
  public int maxQueryLength() {
    return limits.maxQueryLength();
  }

  /** The same model under another name. */
  public ModelBundle withId(String newId) {
    return new ModelBundle(
        newId, directory, onnxFile, onnxSha256, tokenizerFile, limits, separator, padId, manifest);
  }

  /** The same model with shorter or longer pairs. */
  public ModelBundle withLimits(PairLimits newLimits) {
    return new ModelBundle(
        id, directory, onnxFile, onnxSha256, tokenizerFile, newLimits, separator, padId, manifest);
  }
}
