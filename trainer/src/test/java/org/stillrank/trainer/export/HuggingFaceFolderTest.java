/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.bundle.Provenance;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Backbone;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.weights.StartWeights;

class HuggingFaceFolderTest {
  private static final Provenance FIRST =
      new Provenance(
          new Provenance.Source("body", "MIT", "maven:body"),
          List.of(new Provenance.Source("wide", "CC0-1.0", "10 lists")),
          null,
          1,
          100,
          Map.of("java", "25"));

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsWhatTransformersWrote() throws IOException {
    Path theirs = Backbone.named("minilm").folder();
    Path ours = folder.resolve("ours");
    write(ours);
    StartWeights expected = StartWeights.ofFolder(theirs, 1);
    StartWeights read = StartWeights.ofFolder(ours, 1);
    assertThat(read.architecture()).isEqualTo(expected.architecture());
    assertThat(read.fresh()).isEmpty();
    assertThat(read.tensors()).containsOnlyKeys(expected.tensors().keySet());
    read.tensors()
        .forEach((name, tensor) ->
            assertThat(tensor.values()).isEqualTo(expected.tensors().get(name).values()));
  }

  @Test
  void aSecondTrainingAddsToWhatTheFirstWasMadeFrom() throws IOException {
    Path ours = folder.resolve("ours");
    write(ours);
    Provenance second =
        new Provenance(
            new Provenance.Source("ours", "MIT", ours.toString()),
            List.of(new Provenance.Source("narrow", "MIT", "5 lists")),
            "bge",
            2,
            50,
            Map.of("java", "26"));
    Provenance whole = second.after(HuggingFaceFolder.provenance(ours).orElseThrow());
    assertThat(whole.startWeights()).isEqualTo(FIRST.startWeights());
    assertThat(whole.data()).extracting(Provenance.Source::name).containsExactly("wide", "narrow");
    assertThat(whole.steps()).isEqualTo(150);
    assertThat(whole.teacher()).isEqualTo("bge");
    assertThat(HuggingFaceFolder.provenance(folder)).isEmpty();
  }

  @Test
  void nothingIsReplacedAndDamageIsNamed() throws IOException {
    assertThatThrownBy(() -> write(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("[" + folder + "] exists already; name a new folder");
    Files.writeString(folder.resolve("provenance.json"), "{");
    assertThatThrownBy(() -> HuggingFaceFolder.provenance(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("provenance.json] is damaged", "export the folder again");
  }

  private static void write(Path target) throws IOException {
    Path tokenizer = Backbone.named("minilm").folder().resolve("config.json");
    try (Encoder encoder = Backbone.named("minilm").encoder()) {
      HuggingFaceFolder.write(target, encoder, tokenizer, FIRST);
    }
  }
}
