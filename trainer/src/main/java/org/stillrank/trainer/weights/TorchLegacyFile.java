/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.pickle.PickleInput;
import org.stillrank.trainer.pickle.Unpickler;

/**
 * What {@code torch.save} wrote before torch 1.6: pickles of a magic number, the protocol's
 * version, the machine, the object and the keys of its storages; then for each key the number of
 * elements as int64 and the elements, little-endian. See {@code _legacy_save} in {@code
 * torch/serialization.py}.
 */
final class TorchLegacyFile {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  private final Path file;

  private TorchLegacyFile(Path file) {
    this.file = file;
  }

  /**
   * Reads all weights.
   *
   * @throws InvalidInputException when the file is cut off, malformed, or holds more than tensors
   */
  static SequencedMap<String, FloatTensor> read(Path file) throws IOException {
    return new TorchLegacyFile(file).tensors();
  }

  private SequencedMap<String, FloatTensor> tensors() throws IOException {
    TorchObjects objects = new TorchObjects(file);
    Object root;
    Object keys;
    long begin;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      PickleInput pickles = new PickleInput(file.toString(), in);
      if (!MAGIC.equals(Unpickler.load(pickles, objects))
          || !Long.valueOf(PROTOCOL).equals(Unpickler.load(pickles, objects))) {
        throw damaged("it lacks torch's magic number and protocol version");
      }
      Unpickler.load(pickles, objects);
      root = Unpickler.load(pickles, objects);
      keys = Unpickler.load(pickles, objects);
      begin = pickles.position();
    }
    long stored = objects.storages().values().stream().mapToLong(TorchStorage::elements).sum();
    StateDict named = StateDict.of(file, root, stored);
    try (FileChannel channel = FileChannel.open(file)) {
      Map<TorchStorage, ByteBuffer> storages = storages(channel, begin, keys, objects.storages());
      return named.read(storage -> found(storages.get(storage), storage));
    }
  }

  private Map<TorchStorage, ByteBuffer> storages(
      FileChannel channel, long begin, Object keys, Map<String, TorchStorage> known)
      throws IOException {
    if (!(keys instanceof List<?> list)) {
      throw damaged("it has no list of storages");
    }
    Map<TorchStorage, ByteBuffer> mapped = new HashMap<>();
    long at = begin;
    for (Object key : list) {
      TorchStorage storage = key instanceof String name ? known.get(name) : null;
      if (storage == null || storage.size() < 0) {
        throw damaged("no tensor of a possible size is in one of its storages");
      }
      if (at + Long.BYTES + storage.size() > channel.size()) {
        throw damaged("it ends before its storage [" + key + "] does");
      }
      long elements = map(channel, at, Long.BYTES).getLong();
      if (elements != storage.elements()) {
        throw damaged(
            "storage [" + key + "] has " + elements + " elements, not " + storage.elements());
      }
      mapped.put(storage, map(channel, at + Long.BYTES, storage.size()));
      at += Long.BYTES + storage.size();
    }
    return mapped;
  }

  private static ByteBuffer map(FileChannel channel, long at, long size) throws IOException {
    return channel.map(FileChannel.MapMode.READ_ONLY, at, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer found(@Nullable ByteBuffer bytes, TorchStorage storage) {
    if (bytes == null) {
      throw damaged("storage [" + storage.key() + "] is not in it");
    }
    return bytes;
  }

  private InvalidInputException damaged(String what) {
    return new InvalidInputException(
        "[" + file + "] is no whole torch file: " + what + "; fetch it again");
  }
}
