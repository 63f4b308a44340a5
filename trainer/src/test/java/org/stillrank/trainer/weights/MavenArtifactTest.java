/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;

class MavenArtifactTest {
  /** SHA-256 of the three letters, from FIPS 180-4's examples. */
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final MavenArtifact ARTIFACT = MavenArtifact.of("org.example:model:1.0");

  @TempDir private Path cache;

  @BeforeEach
  void aJarThatWasFetchedBefore() throws IOException {
    Files.createDirectories(jar().getParent());
    try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(jar()))) {
      jar.putNextEntry(new ZipEntry("m.onnx"));
      jar.write("abc".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void takesAFileOutOfTheJarAndKeepsIt() throws IOException {
    Path file = ARTIFACT.checkedFile("m.onnx", SHA256_OF_ABC, cache);

    assertThat(file).startsWith(cache).hasContent("abc");
    Files.delete(jar());
    assertThat(ARTIFACT.checkedFile("m.onnx", SHA256_OF_ABC, cache)).isEqualTo(file);
  }

  @Test
  void refusesAFileWithAnotherHash() throws IOException {
    Path file = ARTIFACT.file("m.onnx", cache);
    Files.writeString(file, "abd");

    assertThatThrownBy(() -> ARTIFACT.checkedFile("m.onnx", SHA256_OF_ABC, cache))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("not [" + SHA256_OF_ABC + "]; delete it to extract it again");
  }

  @Test
  void namesTheFilesOfAJarThatLacksTheOneWanted() {
    assertThatThrownBy(() -> ARTIFACT.file("other.onnx", cache))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("org.example:model:1.0] has no entry [other.onnx]")
        .hasMessageContaining("[m.onnx]");
  }

  @Test
  void namesAJarThatIsCutOff() throws IOException {
    Files.write(jar(), new byte[] {'P', 'K', 3, 4});

    assertThatThrownBy(() -> ARTIFACT.file("m.onnx", cache))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(jar().toString(), "is no whole jar", "delete it");
  }

  private Path jar() {
    return cache.resolve("org.example/model-1.0-jar/model-1.0.jar");
  }

  @Test
  void staysInsideOfItsFolder() {
    assertThatThrownBy(() -> ARTIFACT.file("../../escaped", cache))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no entry name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a:b:c:d", "a::c"})
  void refusesWhatIsNoCoordinate(String coordinate) {
    assertThatThrownBy(() -> MavenArtifact.of(coordinate))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[" + coordinate + "] is no Maven artifact");
  }
}
