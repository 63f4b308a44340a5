/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.Weights;

/**
 * Where the files of a model are on this machine: in the folder that a config names, or taken out
 * of an artifact as langchain4j packs it, {@code x.onnx} beside {@code x-tokenizer.json}.
 */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * The ONNX file, in an artifact checked against its hash.
   *
   * @throws InvalidInputException when it cannot be had
   */
  public static Path onnx(Weights weights) throws IOException {
    if (!weights.isMaven()) {
      return existing(Path.of(weights.location()).resolve("model.onnx"));
    }
    Artifact named = Artifact.of(weights);
    return named
        .jar()
        .checkedFile(
            named.entry(), Objects.requireNonNull(weights.sha256()), MavenArtifact.defaultCache());
  }

  /**
   * The {@code tokenizer.json} that belongs to the weights.
   *
   * @throws InvalidInputException when it cannot be had
   */
  public static Path tokenizer(Weights weights) throws IOException {
    if (!weights.isMaven()) {
      return existing(Path.of(weights.location()).resolve("tokenizer.json"));
    }
    Artifact named = Artifact.of(weights);
    String tokenizer = named.entry().replaceFirst("\\.onnx$", "") + "-tokenizer.json";
    return named.jar().file(tokenizer, MavenArtifact.defaultCache());
  }

  private record Artifact(MavenArtifact jar, String entry) {
    static Artifact of(Weights weights) {
      String[] parts = weights.coordinate().split("!", 2);
      return new Artifact(MavenArtifact.of(parts[0]), parts[1]);
    }
  }

  private static Path existing(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "[" + file + "] is missing; put it beside the other files of its model");
    }
    return file;
  }
}
