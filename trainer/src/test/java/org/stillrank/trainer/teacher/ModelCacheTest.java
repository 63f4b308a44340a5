/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.input.InvalidInputException;

class ModelCacheTest {
  @TempDir private Path home;

  @Test
  void keepsVectorsForTheNextRunWithTheSameSettings() throws IOException {
    float[] vector = {0.25f, -0.5f, 1e-7f};
    ModelCache.in(home, "model A, 256 tokens").add(Map.of("a text", vector));

    ModelCache again = ModelCache.in(home, "model A, 256 tokens");

    assertThat(again.has("a text")).isTrue();
    assertThat(again.get("a text")).containsExactly(vector);
    assertThat(again.has("another text")).isFalse();
    assertThat(ModelCache.in(home, "model A, 128 tokens").has("a text")).isFalse();
  }

  @Test
  void keepsNothingWithoutAFolder() throws IOException {
    ModelCache cache = ModelCache.inMemory();
    cache.add(Map.of("a", new float[] {1}));

    assertThat(cache.has("a")).isTrue();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void namesAPartThatIsCutShort() throws IOException {
    ModelCache.in(home, "m").add(Map.of("a", new float[] {1, 2, 3}));
    Path part = part();
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(whole, whole.length - 2));

    assertThatThrownBy(() -> ModelCache.in(home, "m"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(part.toString())
        .hasMessageContaining("cut short; delete the file");
  }

  private Path part() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(file -> file.toString().endsWith(".vectors")).findFirst().orElseThrow();
    }
  }
}
