/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.stillrank.reranker.bundle.Provenance;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.trainer.encoder.ConfigJson;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.weights.FloatTensor;
import org.stillrank.trainer.weights.SafetensorsFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An encoder as transformers keeps it ({@code config.json}, {@code model.safetensors} in float32,
 * {@code tokenizer.json}), and {@code provenance.json} beside it: what another training starts
 * from, or transformers opens.
 */
public final class HuggingFaceFolder {
  private static final String PROVENANCE = "provenance.json";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private HuggingFaceFolder() {}

  /**
   * Writes a new folder.
   *
   * @throws InvalidInputException when there is something already
   * @throws IOException when it cannot be written; nothing half-written is left
   */
  public static void write(Path target, Encoder encoder, Path tokenizerJson, Provenance provenance)
      throws IOException {
    requireNew(target);
    AtomicOutput.folder(
        target,
        folder -> {
          Files.writeString(
              folder.resolve("config.json"), ConfigJson.write(encoder.architecture()));
          AtomicOutput.file(
              folder.resolve("model.safetensors"),
              out -> SafetensorsFile.write(out, FloatTensor.of(encoder.parameters())));
          Files.copy(tokenizerJson, folder.resolve("tokenizer.json"));
          Files.write(folder.resolve(PROVENANCE), JSON.writeValueAsBytes(provenance));
        });
  }

  /**
   * What the weights in a folder were made from; empty when Stillrank did not write it.
   *
   * @throws InvalidInputException when the file that says it is damaged
   */
  public static Optional<Provenance> provenance(Path folder) throws IOException {
    Path file = folder.resolve(PROVENANCE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Provenance.class));
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + file + "] is damaged: " + e.getOriginalMessage() + "; export the folder again", e);
    }
  }

  /** Weights of another model are not recognisable as replaceable, so nothing is replaced. */
  private static void requireNew(Path target) {
    if (Files.exists(target)) {
      throw new InvalidInputException("[" + target + "] exists already; name a new folder");
    }
  }
}
