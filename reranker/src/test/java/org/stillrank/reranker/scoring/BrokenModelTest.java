/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Models that must not open, what they are told, and that nothing native is left of the attempt.
 */
class BrokenModelTest {
  @TempDir private Path folder;

  @AfterEach
  void nothingNativeIsLeft() {
    assertThat(NativeHandle.open()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-without-head", "bert-three-outputs"})
  void aModelThatDoesNotAnswerOneNumberHasNoScoringHead(String model) {
    refused(
        TinyModels.folder(model),
        "has no scoring head",
        "export the sequence-classification model");
  }

  @Test
  void aTokenizerWithMoreTokensThanTheModelIsRefused() throws IOException {
    Path model = TinyModels.copy("bert-one-output", folder);
    Path tokenizer = model.resolve("tokenizer.json");
    String json = Files.readString(tokenizer);
    assertThat(json).contains("\"added_tokens\": [");
    Files.writeString(
        tokenizer,
        json.replaceFirst(
            "\"added_tokens\": \\[",
            "\"added_tokens\": [{\"id\": 5000, \"content\": \"[NEW]\", \"single_word\": false,"
                + " \"lstrip\": false, \"rstrip\": false, \"normalized\": false,"
                + " \"special\": true},"));
    refused(model, "ids up to [5000]", "copy the one that the model was trained with");
  }

  @Test
  void aTokenizerOfAnotherModelIsRefused() throws IOException {
    Path model = TinyModels.copy("bert-one-output", folder);
    Files.write(
        model.resolve("tokenizer.json"),
        Files.readAllBytes(TinyModels.folder("roberta-one-output").resolve("tokenizer.json")));
    refused(model, "tokenizer.json", "another model");
  }

  @Test
  void aLongerPairThanTheModelReadsIsRefused() throws IOException {
    Path model = TinyModels.copy("bert-one-output", folder);
    Path config = model.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"max_position_embeddings\": 96", "\"max_position_embeddings\": 500"));
    refused(model, "max_length [500]", "lower max_length");
  }

  @Test
  void aTruncatedGraphIsRefused() throws IOException {
    Path model = TinyModels.copy("bert-one-output", folder);
    byte[] whole = Files.readAllBytes(model.resolve("model.onnx"));
    Files.write(model.resolve("model.onnx"), Arrays.copyOf(whole, whole.length / 2));
    refused(model, "model.onnx", "not a whole ONNX file", "copy or export it again");
  }

  @Test
  void aFileThatIsNoGraphIsRefused() throws IOException {
    Path model = TinyModels.copy("bert-one-output", folder);
    Files.writeString(model.resolve("model.onnx"), "version https://git-lfs.github.com/spec/v1");
    refused(model, "model.onnx", "not a whole ONNX file", "copy or export it again");
  }

  /** Its one operator is [A], of which no runtime knows. */
  @Test
  void aGraphThatCannotRunIsRefused() throws IOException {
    Path model = TinyModels.copy("bert-one-output", folder);
    Files.write(model.resolve("model.onnx"), HexFormat.of().parseHex("3A0B0A032201412A040A020304"));
    refused(model, "model.onnx", "not a model the runtime can load", "export it again");
  }

  @Test
  void aScheduleWithoutWorkersIsRefused() {
    assertThatThrownBy(() -> new Schedule(0, 1, 512))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[0] workers");
  }

  private static void refused(Path model, String... parts) {
    assertThatThrownBy(
            () -> CrossEncoder.open(ModelBundle.open(model), ScoringOptions.defaults()).close())
        .isInstanceOf(InvalidInputException.class)
        .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
  }
}
