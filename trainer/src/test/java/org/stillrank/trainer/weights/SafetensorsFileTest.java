/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.trainer.encoder.Backbone;

class SafetensorsFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path original = Backbone.named("bert").folder().resolve("model.safetensors");
    SequencedMap<String, FloatTensor> tensors = SafetensorsFile.read(original);
    Path copy = folder.resolve("copy.safetensors");
    AtomicOutput.file(copy, out -> SafetensorsFile.write(out, tensors));
    SequencedMap<String, FloatTensor> again = SafetensorsFile.read(copy);
    assertThat(again.keySet()).containsExactlyElementsOf(tensors.keySet()).hasSizeGreaterThan(50);
    again.forEach((name, tensor) -> {
      assertThat(tensor.shape()).isEqualTo(tensors.get(name).shape());
      assertThat(tensor.values()).isEqualTo(tensors.get(name).values());
    });
  }

  /** Bit patterns from IEEE 754 binary16 and from the upper half of binary32. */
  @Test
  void halfTypesAreWidenedAndPositionIdsLeftOut() throws IOException {
    String header =
        """
        {"__metadata__":{"format":"pt"},
         "half":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},
         "brain":{"dtype":"BF16","shape":[1,2],"data_offsets":[4,8]},
         "embeddings.position_ids":{"dtype":"I64","shape":[1],"data_offsets":[8,16]}}\
        """;
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0x3C00).putShort((short) 0xC100);
    data.putShort((short) 0x3F80).putShort((short) 0xC020).putLong(3);
    SequencedMap<String, FloatTensor> tensors = SafetensorsFile.read(file(header, data.array()));
    assertThat(tensors).containsOnlyKeys("half", "brain");
    assertThat(tensors.get("half").values()).containsExactly(1f, -2.5f);
    assertThat(tensors.get("brain").values()).containsExactly(1f, -2.5f);
    assertThat(tensors.get("brain").shape()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"I64", "I8", "U8", "F8_E4M3", ""})
  void otherTypesAreRefused(String type) throws IOException {
    Path file =
        file(
            "{\"x.weight\":{\"dtype\":\"" + type + "\",\"shape\":[1],\"data_offsets\":[0,8]}}",
            new byte[8]);
    assertThatThrownBy(() -> SafetensorsFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("[x.weight] has the type [" + type + "]", "[F64, F32, F16, BF16]");
  }

  @Test
  void aCutFileIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(Backbone.named("bert").folder().resolve("model.safetensors"));
    for (int length : new int[] {0, 7, 100, whole.length - 1}) {
      Path cut = folder.resolve("cut-" + length + ".safetensors");
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafetensorsFile.read(cut))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("cut-" + length, "not a whole safetensors file", "again");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"a\":",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,-8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":\"2\",\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
      })
  void aHeaderThatLiesIsRefused(String header) throws IOException {
    Path file = file(header, new byte[8]);
    assertThatThrownBy(() -> SafetensorsFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not a whole safetensors file");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> SafetensorsFile.read(folder.resolve("none.safetensors")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.safetensors");
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    Path file = folder.resolve("made.safetensors");
    Files.write(file, bytes.array());
    return file;
  }
}
