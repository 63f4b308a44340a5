/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Backbone;

class WeightFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"model-shards", "pytorch_model-shards"})
  void shardsAreReadByTheirIndex(String shards) {
    TorchFixtures.assertEqual(WeightFiles.read(TorchFixtures.file(shards)), "sharded");
  }

  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void theFirstFormatThatIsThereIsRead(WeightFormat first) throws IOException {
    for (WeightFormat each : WeightFormat.values()) {
      if (each.ordinal() >= first.ordinal()) {
        Files.createFile(folder.resolve(each.fileName()));
      }
    }
    assertThat(WeightFiles.in(folder))
        .isEqualTo(new WeightFiles(first, folder.resolve(first.fileName())));
  }

  @Test
  void aFolderWithoutWeightsIsNamed() {
    assertRefused(folder.toString(), "model.safetensors", "pytorch_model.bin", "model.onnx");
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    copyShards();
    Files.delete(folder.resolve("model-00002-of-00002.safetensors"));
    assertRefused("index.json", "[model-00002-of-00002.safetensors], which is missing", "again");
  }

  @ParameterizedTest
  @CsvSource({
    "b.weight, c.weight, 'lacks [b.weight], which is in [model-00002-of-00002.safetensors]'",
    "'\"b.weight\": \"model-00002', '\"b.weight\": \"model-00001', 'puts [b.weight] into [model-00001-of-00002.safetensors], and it is in [model-00002-of-00002.safetensors] too'",
    "'\"a.bias\"', '\"gone\": \"model-00001-of-00002.safetensors\", \"a.bias\"', 'puts [gone] into [model-00001-of-00002.safetensors], which does not hold it'",
    "model-00001, ../model-00001, 'which is no file beside it'",
    "model-00001, sub/model-00001, 'which is no file beside it'",
    "model-00001-of-00002.safetensors, .., 'which is no file beside it'",
    "weight_map, weights, 'has no weight_map'",
    "'}', '', 'is not JSON'",
  })
  void anIndexThatContradictsItsFilesIsRefused(String from, String to, String message)
      throws IOException {
    copyShards();
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, Files.readString(index).replace(from, to));
    assertRefused("model.safetensors.index.json", message);
  }

  @Test
  void aTensorInTwoShardsIsNamed() throws IOException {
    copyShards();
    Files.copy(
        folder.resolve("model-00002-of-00002.safetensors"),
        folder.resolve("model-00003-of-00003.safetensors"));
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(
        index,
        Files.readString(index)
            .replace(
                "\"embeddings.position_ids\": \"model-00002-of-00002.safetensors\"",
                "\"embeddings.position_ids\": \"model-00003-of-00003.safetensors\""));
    assertRefused("[b.weight]", "model-00002", "and it is in [model-00003-of-00003.safetensors]");
  }

  @Test
  void trainingStartsFromShards() throws IOException {
    Path original = Backbone.named("bert").folder();
    Files.copy(original.resolve("config.json"), folder.resolve("config.json"));
    Files.copy(original.resolve("model.safetensors"), folder.resolve("only.safetensors"));
    String map =
        SafetensorsFile.read(folder.resolve("only.safetensors")).keySet().stream()
            .map(name -> '"' + name + "\": \"only.safetensors\"")
            .collect(Collectors.joining(","));
    Files.writeString(
        folder.resolve("model.safetensors.index.json"), "{\"weight_map\": {" + map + "}}");
    StartWeights start = StartWeights.ofFolder(folder, 1);
    assertThat(start.fresh()).isEmpty();
    assertThat(start.tensors().keySet())
        .containsExactlyElementsOf(StartWeights.ofFolder(original, 1).tensors().keySet());
  }

  private void copyShards() throws IOException {
    try (Stream<Path> files = Files.list(TorchFixtures.file("model-shards"))) {
      for (Path each : files.toList()) {
        Files.copy(each, folder.resolve(each.getFileName().toString()));
      }
    }
  }

  private void assertRefused(String... message) {
    assertThatThrownBy(() -> WeightFiles.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(message);
  }
}
