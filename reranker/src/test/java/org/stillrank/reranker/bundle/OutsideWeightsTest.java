/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.reranker.scoring.TinyModels;
import org.stillrank.reranker.scoring.TinyModels.Expected;

/** A model whose graph is the same file whatever its weights, for these lie beside it. */
class OutsideWeightsTest {
  private static final Expected EXPECTED = TinyModels.expected("bert-two-outputs").getFirst();
  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void aCopy() throws IOException {
    folder = TinyModels.copy("bert-outside-weights", temporary);
  }

  /** Were they the same to the process, both would score with the session of the first. */
  @Test
  void otherWeightsAreAnotherModel() throws IOException {
    ModelBundle before = ModelBundle.open(folder);
    try (CrossEncoder first = CrossEncoder.open(before, ScoringOptions.defaults())) {
      assertThat(score(first)).isEqualTo(EXPECTED.score(), within(1e-5f));
      halveTheWeights();
      ModelBundle after = ModelBundle.open(folder);
      assertThat(after.onnxSha256()).hasSize(64).isNotEqualTo(before.onnxSha256());
      try (CrossEncoder second = CrossEncoder.open(after, ScoringOptions.defaults())) {
        assertThat(score(second)).isNotCloseTo(EXPECTED.score(), within(1e-3f));
      }
    }
  }

  @Test
  void theSameWeightsAreTheSameModel() throws IOException {
    assertThat(ModelBundle.open(folder).onnxSha256())
        .isEqualTo(TinyModels.bundle("bert-outside-weights").onnxSha256());
  }

  @Test
  void weightsThatAreMissingAreNamed() throws IOException {
    Files.delete(folder.resolve("weights.data"));
    assertThatThrownBy(() -> ModelBundle.open(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "["
                + folder.resolve("model.onnx")
                + "] keeps weights in [weights.data], which is no file in its folder; copy it there,"
                + " or export the model again");
  }

  private static float score(CrossEncoder encoder) {
    return encoder.score(EXPECTED.query(), List.of(EXPECTED.passage()), Cancellation.NONE)[0];
  }

  private void halveTheWeights() throws IOException {
    Path file = folder.resolve("weights.data");
    ByteBuffer weights = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < weights.capacity(); at += Float.BYTES) {
      weights.putFloat(at, weights.getFloat(at) / 2);
    }
    // Not over the file that the first session may still read.
    Path halved = Files.write(folder.resolve("halved"), weights.array());
    Files.move(halved, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
