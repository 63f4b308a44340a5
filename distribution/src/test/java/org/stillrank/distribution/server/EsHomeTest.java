/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.input.InvalidInputException;

class EsHomeTest {
  @TempDir private Path folder;

  /** The plugin command itself refuses; its words must come through. */
  @Test
  void aPluginForAnotherVersionIsRefusedByName() throws IOException {
    Path zip = Files.copy(Installed.plugin(), folder.resolve("stillrank-0-es9.5.2.zip"));
    try (FileSystem inside = FileSystems.newFileSystem(zip)) {
      Path descriptor = inside.getPath("plugin-descriptor.properties");
      String text = Files.readString(descriptor, StandardCharsets.UTF_8);
      assertThat(text).contains("elasticsearch.version=9.5.3");
      Files.writeString(descriptor, text.replace("9.5.3", "9.5.2"));
    }
    EsHome home =
        EsHome.copyOf(
            ElasticsearchZip.PINNED.unpacked(),
            folder.resolve("home"),
            Path.of(System.getProperty("java.home")));
    assertThatThrownBy(() -> home.install(zip))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("cannot be installed into", "stillrank", "9.5.2", "9.5.3");
    try (var plugins = Files.list(folder.resolve("home/plugins"))) {
      assertThat(plugins).isEmpty();
    }
  }
}
