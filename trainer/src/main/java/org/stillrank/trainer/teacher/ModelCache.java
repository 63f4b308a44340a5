/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * What a model said of texts before, found by the text itself, so that a corpus that changes, or
 * shows its documents in another way, costs only what is new: the vector of a text, or the logit of
 * a pair as a vector of one. A folder holds parts, each written whole; what a killed run had
 * finished is there for the next.
 */
final class ModelCache {
  private static final String SUFFIX = ".vectors";

  private final @Nullable Path folder;
  private final Map<String, float[]> vectors = new HashMap<>();

  private ModelCache(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Keeps vectors for this process only. */
  static ModelCache inMemory() {
    return new ModelCache(null);
  }

  /**
   * Opens or starts the cache of one way of asking.
   *
   * @param home folder of all caches
   * @param settings everything a vector depends on beside the text: model hashes, pooling, length
   */
  static ModelCache in(Path home, String settings) throws IOException {
    Path folder = home.resolve(digest(settings).substring(0, 16));
    ModelCache cache = new ModelCache(folder);
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> parts = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
      for (Path part : parts) {
        cache.read(part);
      }
    }
    return cache;
  }

  boolean has(String text) {
    return vectors.containsKey(digest(text));
  }

  float[] get(String text) {
    float[] vector = vectors.get(digest(text));
    if (vector == null) {
      throw new IllegalStateException("never asked for: " + text);
    }
    return vector;
  }

  /** Adds vectors, all of one width, and writes them as one part. */
  void add(Map<String, float[]> byText) throws IOException {
    Map<String, float[]> fresh = new HashMap<>();
    byText.forEach((text, vector) -> fresh.put(digest(text), vector));
    vectors.putAll(fresh);
    if (folder != null && !fresh.isEmpty()) {
      String name = digest(String.join("", fresh.keySet().stream().sorted().toList()));
      AtomicOutput.file(
          folder.resolve(name.substring(0, 16) + SUFFIX),
          out -> {
            DataOutputStream data = new DataOutputStream(out);
            data.writeInt(fresh.size());
            for (Map.Entry<String, float[]> each : fresh.entrySet()) {
              data.writeUTF(each.getKey());
              data.writeInt(each.getValue().length);
              for (float value : each.getValue()) {
                data.writeFloat(value);
              }
            }
            data.flush();
          });
    }
  }

  private void read(Path part) throws IOException {
    try (DataInputStream data =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(part), 1 << 16))) {
      int count = data.readInt();
      for (int i = 0; i < count; i++) {
        String key = data.readUTF();
        float[] vector = new float[data.readInt()];
        for (int j = 0; j < vector.length; j++) {
          vector[j] = data.readFloat();
        }
        vectors.put(key, vector);
      }
    } catch (EOFException e) {
      throw new InvalidInputException(
          "the numbers in [" + part + "] are cut short; delete the file to make them again", e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
