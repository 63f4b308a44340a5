/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.testing.SharedFiles;

/** A file of other bytes and the same meaning, in a bundle and in a Hugging Face folder. */
class DeployedModelTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "distribution/bundles/small",
        "reranker/src/test/resources/models/bert-one-output"
      })
  void anotherFileScoresTheSameAndTheNextIsTheFirstAgain(String model) throws IOException {
    try (Stream<Path> files = Files.list(SharedFiles.project(model))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    ModelBundle first = ModelBundle.open(folder);
    byte[] graph = Files.readAllBytes(first.onnxFile());
    float[] scores = scores();
    DeployedModel deployed = new DeployedModel("model", folder);

    String other = deployed.replace();
    assertThat(ModelBundle.open(folder).onnxSha256())
        .isEqualTo(other)
        .isNotEqualTo(first.onnxSha256());
    assertThat(scores()).containsExactly(scores);

    assertThat(deployed.replace()).isEqualTo(first.onnxSha256());
    assertThat(first.onnxFile()).hasBinaryContent(graph);
    assertThat(ModelBundle.open(folder)).isEqualTo(first);
  }

  private float[] scores() throws IOException {
    try (CrossEncoder model =
        CrossEncoder.open(ModelBundle.open(folder), ScoringOptions.defaults())) {
      return model.score("why do bees wait", List.of("ice", "bees wait"), Cancellation.NONE);
    }
  }
}
