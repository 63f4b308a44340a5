/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicOutputTest {
  private static final IOException FULL_DISK = new IOException("No space left on device");

  @TempDir Path folder;

  @Test
  void writesAFileAndTheFoldersAboveIt() throws IOException {
    Path target = folder.resolve("a/b/file");

    AtomicOutput.file(target, text("new"));

    assertThat(target).hasContent("new");
    assertThat(namesIn(folder.resolve("a/b"))).containsExactly("file");
  }

  @Test
  void readersSeeTheOldFileUntilTheNewOneIsWhole() throws IOException {
    Path target = Files.writeString(folder.resolve("file"), "old");

    AtomicOutput.file(
        target,
        out -> {
          out.write("new".getBytes(StandardCharsets.UTF_8));
          out.flush();
          assertThat(target).hasContent("old");
        });

    assertThat(target).hasContent("new");
    assertThat(namesIn(folder)).containsExactly("file");
  }

  @Test
  void aFullDiskKeepsTheOldFileAndLeavesNothingElse() throws IOException {
    Path target = Files.writeString(folder.resolve("file"), "old");

    assertThatThrownBy(() ->
            AtomicOutput.file(
                target,
                out -> {
                  out.write(new byte[1 << 20]);
                  throw FULL_DISK;
                }))
        .isSameAs(FULL_DISK);

    assertThat(target).hasContent("old");
    assertThat(namesIn(folder)).containsExactly("file");
  }

  @Test
  void anErrorOfTheProgramLeavesNothingEither() throws IOException {
    assertThatThrownBy(() ->
            AtomicOutput.file(
                folder.resolve("file"),
                out -> {
                  throw new IllegalStateException("broken");
                }))
        .hasMessage("broken");

    assertThat(namesIn(folder)).isEmpty();
  }

  @Test
  void aFilledFolderIsNotReplacedByAFile() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.writeString(target.resolve("inside"), "old");

    assertThatThrownBy(() -> AtomicOutput.file(target, text("new")))
        .isInstanceOf(IOException.class);

    assertThat(target.resolve("inside")).hasContent("old");
    assertThat(namesIn(folder)).containsExactly("target");
  }

  @Test
  void replacesAWholeFolder() throws IOException {
    Path target = Files.createDirectories(folder.resolve("target"));
    Files.writeString(target.resolve("old"), "old");

    AtomicOutput.folder(
        target,
        temporary -> {
          Files.createDirectory(temporary.resolve("deep"));
          Files.writeString(temporary.resolve("deep/new"), "new");
          assertThat(namesIn(target)).containsExactly("old");
        });

    assertThat(namesIn(target)).containsExactly("deep");
    assertThat(target.resolve("deep/new")).hasContent("new");
    assertThat(namesIn(folder)).containsExactly("target");
  }

  @Test
  void aFullDiskKeepsTheOldFolderAndLeavesNothingElse() throws IOException {
    Path target = Files.createDirectories(folder.resolve("target"));
    Files.writeString(target.resolve("old"), "old");

    assertThatThrownBy(() ->
            AtomicOutput.folder(
                target,
                temporary -> {
                  Files.createDirectory(temporary.resolve("deep"));
                  Files.writeString(temporary.resolve("deep/half"), "half");
                  throw FULL_DISK;
                }))
        .isSameAs(FULL_DISK);

    assertThat(target.resolve("old")).hasContent("old");
    assertThat(namesIn(folder)).containsExactly("target");
  }

  @Test
  void aFileWhereAFolderIsNeededIsToldAndKept() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");

    assertThatThrownBy(() -> AtomicOutput.file(file.resolve("below"), text("new")))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining(file.toString());

    assertThat(file).hasContent("old");
  }

  @Test
  void theRootOfAFileSystemIsNoTarget() {
    Path root = folder.getRoot();

    assertThatThrownBy(() -> AtomicOutput.file(root, text("new")))
        .isInstanceOf(IOException.class)
        .hasMessage("[" + root + "] cannot be written: it names a file system's root");
  }

  @Test
  void deletesALinkAndNotWhatItNames() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "old");
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), kept);
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("gone"));

    AtomicOutput.delete(tree);
    AtomicOutput.delete(dangling);
    AtomicOutput.delete(folder.resolve("never there"));

    assertThat(namesIn(folder)).containsExactly("kept");
  }

  private static IoConsumer<OutputStream> text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
