/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.Weights;
import org.stillrank.trainer.weights.MavenArtifact;

/** A bi-encoder's ONNX file and its tokenizer, on this machine. */
record ModelFiles(Path onnx, Path tokenizer) {

  /** In langchain4j's jars the tokenizer of {@code x.onnx} is {@code x-tokenizer.json}. */
  static ModelFiles of(Weights weights) throws IOException {
    if (!weights.isMaven()) {
      Path folder = Path.of(weights.location());
      return new ModelFiles(
          existing(folder.resolve("model.onnx")), existing(folder.resolve("tokenizer.json")));
    }
    String[] parts = weights.coordinate().split("!", 2);
    MavenArtifact artifact = MavenArtifact.of(parts[0]);
    Path cache = MavenArtifact.defaultCache();
    Path onnx = artifact.checkedFile(parts[1], Objects.requireNonNull(weights.sha256()), cache);
    String tokenizer = parts[1].replaceFirst("\\.onnx$", "") + "-tokenizer.json";
    return new ModelFiles(onnx, artifact.file(tokenizer, cache));
  }

  private static Path existing(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "[" + file + "] is missing; a bi-encoder's folder holds model.onnx and tokenizer.json");
    }
    return file;
  }
}
