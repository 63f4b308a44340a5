/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.pickle.PickleInput;
import org.stillrank.trainer.pickle.Unpickler;

/**
 * What {@code torch.save} writes since torch 1.6: an uncompressed zip of {@code NAME/data.pkl},
 * {@code NAME/data/KEY} for each storage, and in newer versions {@code NAME/byteorder}.
 */
final class TorchZip {
  private static final String PICKLE = "/data.pkl";

  private final Path file;
  private final ZipFile zip;
  private final String folder;

  private TorchZip(Path file, ZipFile zip) throws IOException {
    this.file = file;
    this.zip = zip;
    checkSizes();
    this.folder =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith(PICKLE))
            .findFirst()
            .map(name -> name.substring(0, name.length() - PICKLE.length() + 1))
            .orElseThrow(() -> damaged("it has no data.pkl"));
  }

  /**
   * Reads all weights.
   *
   * @throws InvalidInputException when the file is cut off, malformed, or holds more than tensors
   */
  static SequencedMap<String, FloatTensor> read(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new TorchZip(file, zip).tensors();
    } catch (ZipException e) {
      throw new InvalidInputException(
          "[" + file + "] is no whole torch file: " + e.getMessage() + "; fetch it again", e);
    }
  }

  /** Stored entries cannot unpack to more than the file, unless they overlap. */
  private void checkSizes() throws IOException {
    List<? extends ZipEntry> entries = zip.stream().toList();
    for (ZipEntry entry : entries) {
      if (entry.getMethod() != ZipEntry.STORED) {
        throw damaged("its entry [" + entry.getName() + "] is compressed, which torch never does");
      }
    }
    long size = Files.size(file);
    double claimed = entries.stream().mapToDouble(ZipEntry::getSize).sum();
    if (claimed > size) {
      throw damaged("its entries claim more than the " + size + " bytes of the file");
    }
  }

  private SequencedMap<String, FloatTensor> tensors() throws IOException {
    TorchObjects objects = new TorchObjects(file);
    Object root;
    try (InputStream in = zip.getInputStream(entry("data.pkl"))) {
      root = Unpickler.load(new PickleInput(file + "!" + folder + "data.pkl", in), objects);
    }
    long stored = objects.storages().values().stream().mapToLong(TorchStorage::elements).sum();
    ByteOrder order = order();
    return StateDict.of(file, root, stored).read(storage -> bytes(storage).order(order));
  }

  private ByteOrder order() throws IOException {
    ZipEntry named = zip.getEntry(folder + "byteorder");
    if (named == null) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    try (InputStream in = zip.getInputStream(named)) {
      String order = new String(in.readNBytes(16), StandardCharsets.US_ASCII);
      return switch (order) {
        case "little" -> ByteOrder.LITTLE_ENDIAN;
        case "big" -> ByteOrder.BIG_ENDIAN;
        default -> throw damaged("its byte order is [" + order + "]");
      };
    }
  }

  private ByteBuffer bytes(TorchStorage storage) throws IOException {
    ZipEntry entry = entry("data/" + storage.key());
    if (storage.size() < 0 || entry.getSize() != storage.size()) {
      throw damaged(
          "["
              + entry.getName()
              + "] has "
              + entry.getSize()
              + " bytes, not "
              + storage.elements()
              + " of "
              + storage.type());
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] read = in.readNBytes(storage.size());
      if (read.length != storage.size()) {
        throw damaged("[" + entry.getName() + "] ends too early");
      }
      return ByteBuffer.wrap(read);
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry found = zip.getEntry(folder + name);
    if (found == null) {
      throw damaged("it has no [" + folder + name + "]");
    }
    return found;
  }

  private InvalidInputException damaged(String what) {
    return new InvalidInputException(
        "[" + file + "] is no whole torch file: " + what + "; fetch it again");
  }
}
