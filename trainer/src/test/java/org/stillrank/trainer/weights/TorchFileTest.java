/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;

/** Files that torch wrote, and what torch says is in them; see weights.py. */
class TorchFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"zip.bin", "legacy.bin"})
  void everyViewAndTypeIsReadAsTorchShowsIt(String file) {
    TorchFixtures.assertEqual(TorchFile.read(TorchFixtures.file(file)), "tensors");
  }

  @Test
  void attributesOfAStateDictAreNoWeights() {
    assertThat(TorchFile.read(TorchFixtures.file("state-dict.bin")))
        .containsOnlyKeys("weight", "bias");
  }

  @Test
  void innerDictionariesArePrefixes() {
    TorchFixtures.assertEqual(TorchFile.read(TorchFixtures.file("nested.bin")), "nested");
  }

  @ParameterizedTest
  @ValueSource(strings = {"malicious-zip.bin", "malicious-legacy.bin"})
  void whatAPickleWantsToRunIsNamedAndNotRun(String file) {
    assertRefused(
        TorchFixtures.file(file),
        "wants to run [posix.system]; nothing in it was executed; use safetensors");
    assertThat(Path.of("stillrank-was-here")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "integer.bin, [steps] has the type [I64]",
    "number.bin, has an entry [epoch] that is no tensor",
    "list.bin, holds no dictionary of tensors",
    "complex.bin, wants to run [torch.ComplexFloatStorage]",
    "expanded.bin, 'shape [1000000000], strides [0] and offset 0 does not fit its storage of 1'",
  })
  void whatIsNoStateDictOfWeightsIsRefused(String file, String message) {
    assertRefused(TorchFixtures.file(file), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip.bin", "legacy.bin"})
  void noCutFileIsRead(String name) throws IOException {
    byte[] whole = Files.readAllBytes(TorchFixtures.file(name));
    Path cut = folder.resolve("cut.bin");
    IntStream.range(0, whole.length)
        .filter(length -> length % 7 == 0)
        .forEach(length -> {
          write(cut, Arrays.copyOf(whole, length));
          assertRefused(cut, "cut.bin");
        });
    write(cut, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(cut, "is no whole torch file");
  }

  /**
   * Whatever bytes are damaged, the reader ends with an error that names the file, or with data.
   */
  @ParameterizedTest
  @ValueSource(strings = {"zip.bin", "legacy.bin", "nested.bin"})
  void damagedBytesNeverEscapeAsAnotherError(String name) throws IOException {
    byte[] whole = Files.readAllBytes(TorchFixtures.file(name));
    Path damaged = folder.resolve("damaged.bin");
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 0x55;
      write(damaged, bytes);
      try {
        assertThat(TorchFile.read(damaged)).isNotNull();
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageContaining("damaged.bin");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void compressedEntriesAreRefused() throws IOException {
    Path bomb = rezipped("zip.bin", ZipEntry.DEFLATED, "little", UnaryOperator.identity());
    assertRefused(bomb, "is compressed, which torch never does");
  }

  @Test
  void aStorageOfAnotherSizeIsRefused() throws IOException {
    Path longer =
        rezipped(
            "state-dict.bin",
            ZipEntry.STORED,
            "little",
            data -> Arrays.copyOf(data, data.length + 4));
    assertRefused(longer, "bytes, not");
  }

  @Test
  void aBigEndianFileIsReadByItsByteOrder() throws IOException {
    Path big =
        rezipped(
            "nested.bin",
            ZipEntry.STORED,
            "big",
            data -> {
              byte[] turned = new byte[data.length];
              for (int i = 0; i < data.length; i++) {
                turned[i] = data[i / 4 * 4 + 3 - i % 4];
              }
              return turned;
            });
    TorchFixtures.assertEqual(TorchFile.read(big), "nested");
  }

  @ParameterizedTest
  @CsvSource({
    // A dictionary that holds itself, and one inner dictionary under two names.
    "'\u0080\u0002}q\u0000X\u0001\u0000\u0000\u0000ah\u0000s.', is there twice",
    "'\u0080\u0002}(X\u0001\u0000\u0000\u0000a}q\u0000X\u0001\u0000\u0000\u0000bh\u0000u.', twice",
    "'\u0080\u0002]q\u0000h\u0000a}h\u0000h\u0000s.', a key is neither text nor number",
    "'\u0080\u0004}.', its protocol is [4]",
    "'\u0080\u0002(i', the opcode [0x69] is not known",
    "'\u0080\u0002h\u0009.', the memo has no entry 9",
    "'\u0080\u0002u.', a mark is missing",
    "'\u0080\u0002.', its stack is empty",
    "'\u0080\u0002X\u00ff\u00ff\u00ff\u007fa.', it ends too early",
    "'\u0080\u0002cbuiltins\neval\n.', wants to run [builtins.eval]",
    "'\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\n)R.', called with other arguments",
    "'\u0080\u0002NQ.', no storage",
  })
  void aHandmadePickleIsRefused(String pickle, String message) throws IOException {
    Path file = folder.resolve("handmade.bin");
    byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      store(zip, "model/data.pkl", bytes, ZipEntry.STORED);
    }
    assertRefused(file, message);
  }

  /** As torch 1.6 to 2.0 wrote it. */
  @Test
  void aFileWithoutByteOrderIsLittleEndian() throws IOException {
    Path older = rezipped("nested.bin", ZipEntry.STORED, "", UnaryOperator.identity());
    TorchFixtures.assertEqual(TorchFile.read(older), "nested");
    Path odd = rezipped("nested.bin", ZipEntry.STORED, "middle", UnaryOperator.identity());
    assertRefused(odd, "its byte order is [middle]");
  }

  @Test
  void aFileOfAnotherKindIsNamed() throws IOException {
    assertRefused(folder.resolve("none.bin"), "cannot be read");
    Path text = Files.writeString(folder.resolve("text.bin"), "version https://git-lfs");
    assertRefused(text, "is no file of torch.save");
  }

  /** The same entries, storages changed, with this byte order; empty for none. */
  private Path rezipped(String name, int method, String order, UnaryOperator<byte[]> change)
      throws IOException {
    Path target = folder.resolve("changed.bin");
    try (ZipFile from = new ZipFile(TorchFixtures.file(name).toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(target))) {
      for (ZipEntry entry : from.stream().toList()) {
        byte[] bytes;
        try (InputStream in = from.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        if (entry.getName().contains("/data/")) {
          bytes = change.apply(bytes);
        } else if (entry.getName().endsWith("/byteorder")) {
          bytes = order.getBytes(StandardCharsets.US_ASCII);
        }
        if (bytes.length == 0) {
          continue;
        }
        store(to, entry.getName(), bytes, method);
      }
    }
    return target;
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes, int method)
      throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(method);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> TorchFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(file.getFileName().toString(), message);
  }
}
