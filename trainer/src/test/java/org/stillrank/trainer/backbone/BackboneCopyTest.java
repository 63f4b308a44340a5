/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.config.BackboneConfig;

class BackboneCopyTest {
  @TempDir private Path home;
  private BackboneConfig config;
  private Path from;

  @BeforeEach
  void aFolderOfAModel() throws IOException {
    config = BackboneConfig.read(SharedFiles.project("config/backbones/deberta-v3-base.yaml"));
    from = Files.createDirectory(home.resolve("from"));
    Files.writeString(from.resolve("config.json"), "{\"model_type\": \"deberta-v2\"}");
    Files.writeString(from.resolve("pytorch_model.bin"), "weights");
    Files.writeString(from.resolve("spm.model"), "pieces");
    Files.writeString(from.resolve("README.md"), "not needed");
  }

  @Test
  void whatBelongsToTheModelIsCopied() throws IOException {
    BackboneManifest manifest = new BackboneFetch(config, home.resolve("out")).copy(from);
    assertThat(manifest.sha256()).containsOnlyKeys("config.json", "pytorch_model.bin", "spm.model");
    assertThat(manifest.origin()).isEqualTo(from.toString());
    assertThat(home.resolve("out/spm.model")).hasContent("pieces");
    assertThat(home.resolve("out/README.md")).doesNotExist();
    assertThat(new BackboneFetch(config, home.resolve("out")).present()).contains(manifest);
  }

  @ParameterizedTest
  @CsvSource({
    "config.json, '', 'is missing; give a folder with all files of microsoft/deberta-v3-base'",
    "config.json, '{', 'is not JSON'",
    "config.json, '{\"model_type\": \"deberta\"}', 'has the model_type [deberta]'",
    "pytorch_model.bin, '', 'has no weights; put one of [model.safetensors, pytorch_model.bin]'",
    "pytorch_model.bin, 'version https://git-lfs.github.com/spec/v1', 'run git lfs pull'",
    "spm.model, '', 'has no tokenizer; put one of [tokenizer.json, spm.model] into it'",
  })
  void aFolderThatIsNotTheModelIsRefused(String file, String content, String message)
      throws IOException {
    Files.delete(from.resolve(file));
    if (!content.isEmpty()) {
      Files.writeString(from.resolve(file), content);
    }
    BackboneFetch fetch = new BackboneFetch(config, home.resolve("out"));
    assertThatThrownBy(() -> fetch.copy(from))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
    assertThat(home.resolve("out")).doesNotExist();
  }

  /** What git hash-object and sha256sum say of the five letters and a line feed. */
  @Test
  void checksumsAreThoseOfGitAndSha256sum() throws IOException {
    Path file = Files.writeString(home.resolve("hello"), "hello\n");
    for (String tag :
        new String[] {
          "\"ce013625030ba8dba906f756967f9e9ca394464a\"",
          "W/\"5891B5B522D5DF086D0FF0B110FBD9D21BB4FC7163AF34D08286A2E846F6BE03\""
        }) {
      Checksum expected = Checksum.ofEntityTag(tag).orElseThrow();
      assertThat(expected.of(file)).isEqualTo(expected);
    }
    assertThat(Checksum.ofEntityTag("\"abc-1\"")).isEmpty();
  }
}
