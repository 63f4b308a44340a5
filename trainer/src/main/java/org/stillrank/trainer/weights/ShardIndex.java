/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The index of weights in several files, such as {@code model.safetensors.index.json}: in its
 * {@code weight_map}, the file of each tensor.
 */
final class ShardIndex {
  private final Path file;
  private final SequencedMap<String, String> shards = new LinkedHashMap<>();

  private ShardIndex(Path file) {
    this.file = file;
  }

  /**
   * Reads an index.
   *
   * @throws InvalidInputException when it is no JSON, names no tensors, or a file elsewhere than
   *     beside it
   */
  static ShardIndex of(Path file) {
    ShardIndex index = new ShardIndex(file);
    JsonNode map;
    try {
      map = JsonMapper.shared().readTree(file).path("weight_map");
    } catch (JacksonException e) {
      throw index.wrong("is not JSON: " + e.getOriginalMessage());
    }
    map.forEachEntry((name, shard) -> index.shards.put(name, index.fileName(name, shard)));
    if (index.shards.isEmpty()) {
      throw index.wrong("has no weight_map");
    }
    return index;
  }

  private String fileName(String name, JsonNode shard) {
    String named = shard.asString("");
    if (!named.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
      throw wrong("puts [" + name + "] into [" + shard + "], which is no file beside it");
    }
    return named;
  }

  /** The names of the files, in the order in which tensors name them. */
  SequencedSet<String> files() {
    return new LinkedHashSet<>(shards.values());
  }

  /**
   * Reads every file once.
   *
   * @param read one file of this format
   * @throws InvalidInputException when a file is missing, or holds other tensors than the index
   *     says
   */
  SequencedMap<String, FloatTensor> read(Function<Path, SequencedMap<String, FloatTensor>> read) {
    SequencedMap<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (String shard : files()) {
      Path part = file.resolveSibling(shard);
      if (!Files.isRegularFile(part)) {
        throw wrong("names the file [" + shard + "], which is missing beside it");
      }
      read.apply(part).forEach((name, tensor) -> add(tensors, shard, name, tensor));
    }
    for (Map.Entry<String, String> each : shards.entrySet()) {
      if (!tensors.containsKey(each.getKey()) && !IntegerBuffers.isConstant(each.getKey())) {
        throw wrong(
            "puts [" + each.getKey() + "] into [" + each.getValue() + "], which does not hold it");
      }
    }
    return tensors;
  }

  private void add(
      Map<String, FloatTensor> tensors, String shard, String name, FloatTensor tensor) {
    String expected = shards.get(name);
    if (!shard.equals(expected)) {
      throw wrong(
          expected == null
              ? "lacks [" + name + "], which is in [" + shard + "]"
              : "puts [" + name + "] into [" + expected + "], and it is in [" + shard + "] too");
    }
    tensors.put(name, tensor);
  }

  private InvalidInputException wrong(String what) {
    return new InvalidInputException(
        "[" + file + "] " + what + "; fetch the index and all its files again");
  }
}
