/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.head.BatchDependence;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.TinyModels;

/** The counts are those the onnx Python package gives for the same files. */
class OnnxGraphTest {
  @Test
  void operatorsOpsetAndProducerAreRead() throws IOException {
    OnnxGraph graph = OnnxGraph.read(TinyModels.folder("bert-one-output").resolve("model.onnx"));
    assertThat(graph.opset()).isEqualTo(17);
    assertThat(graph.producer()).isEqualTo("pytorch");
    assertThat(graph.operators())
        .containsEntry("MatMul", 16)
        .containsEntry("LayerNormalization", 5)
        .doesNotContainKey("DynamicQuantizeLinear");
  }

  @ParameterizedTest
  @CsvSource({
    "bert-one-output, 29313",
    "bert-two-outputs, 14922",
    "roberta-one-output, 32257",
    "bert-dynamic-int8, 30281",
  })
  void theNumbersInTheWeightsAreCounted(String model, long parameters) throws IOException {
    assertThat(OnnxGraph.read(TinyModels.folder(model).resolve("model.onnx")).parameters())
        .isEqualTo(parameters);
  }

  /** Protobuf writes a list of numbers in either way; the graph has an operator [A]. */
  @ParameterizedTest
  @CsvSource({
    "packed, 3A0B 0A03220141 2A040A020304, 12",
    "one by one, 3A0B 0A03220141 2A0408030804, 12",
    "a single number, 3A07 0A03220141 2A00, 1",
  })
  void shapesAreReadHoweverTheyAreWritten(
      String how, String hex, long parameters, @TempDir Path folder) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    Path file = Files.write(folder.resolve("model.onnx"), bytes);
    assertThat(OnnxGraph.read(file).parameters()).as(how).isEqualTo(parameters);
  }

  @Test
  void impossibleShapesAreRefused(@TempDir Path folder) throws IOException {
    for (String dimension : new String[] {"FFFFFFFFFFFFFFFF7F", "FFFFFFFFFFFFFFFFFF01"}) {
      String tensor = "08" + dimension;
      String graph = "0A03220141" + "2A" + length(tensor) + tensor;
      Path file =
          Files.write(
              folder.resolve("model.onnx"), HexFormat.of().parseHex("3A" + length(graph) + graph));
      assertThatThrownBy(() -> OnnxGraph.read(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("weights of impossible shapes");
    }
  }

  private static String length(String hex) {
    return HexFormat.of().toHexDigits((byte) (hex.length() / 2));
  }

  @Test
  void dynamicQuantisationIsFoundInTheGraph() throws IOException {
    Path quantised = TinyModels.folder("bert-dynamic-int8").resolve("model.onnx");
    assertThat(OnnxGraph.read(quantised).operators()).containsKey("DynamicQuantizeLinear");
    assertThat(BatchDependence.ofOperators(quantised)).isEqualTo(BatchDependence.BATCH_DEPENDENT);
  }

  @Test
  void aFileThatEndsEarlyOrIsSomethingElseIsRefused(@TempDir Path folder) throws IOException {
    byte[] whole = Files.readAllBytes(TinyModels.folder("bert-one-output").resolve("model.onnx"));
    for (byte[] content :
        new byte[][] {
          Arrays.copyOf(whole, 999), new byte[0], "not a model".getBytes(StandardCharsets.UTF_8)
        }) {
      Path file = Files.write(folder.resolve("model.onnx"), content);
      assertThatThrownBy(() -> OnnxGraph.read(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("not a whole ONNX file")
          .hasMessageContaining("copy or export it again");
    }
  }
}
