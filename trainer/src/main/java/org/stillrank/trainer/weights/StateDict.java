/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * The tensors of an unpickled state dict by name. Dictionaries in it become prefixes, {@code
 * outer.inner}; anything but tensors and dictionaries is refused.
 */
final class StateDict {
  /** Far more than any model has, far less than the thread's stack. */
  private static final int DEEPEST = 16;

  /** Tensors may share storages; more than this many times over, a small file fills any memory. */
  private static final int MOST_SHARED = 8;

  private final Path file;
  private final SequencedMap<String, TorchTensor> tensors = new LinkedHashMap<>();
  private final Set<Object> entered = Collections.newSetFromMap(new IdentityHashMap<>());
  private long elements;

  private StateDict(Path file) {
    this.file = file;
  }

  /**
   * Collects the weights.
   *
   * @param root what the pickle of the file holds
   * @param stored elements of all storages together
   */
  static StateDict of(Path file, Object root, long stored) {
    StateDict found = new StateDict(file);
    if (!(root instanceof Map<?, ?> map)) {
      throw found.refused("holds no dictionary of tensors");
    }
    found.collect("", map, 1);
    if (found.elements > MOST_SHARED * stored) {
      throw found.refused(
          "has tensors of [" + found.elements + "] elements in storages of [" + stored + "]");
    }
    return found;
  }

  private void collect(String prefix, Map<?, ?> map, int depth) {
    if (depth > DEEPEST || !entered.add(map)) {
      throw refused(
          "has a dictionary [" + prefix + "] that is there twice or in " + depth + " others");
    }
    map.forEach((key, value) -> {
      String name = prefix + key;
      switch (value) {
        case TorchTensor tensor -> add(name, tensor);
        case Map<?, ?> inner -> collect(name + ".", inner, depth + 1);
        default -> throw refused("has an entry [" + name + "] that is no tensor");
      }
    });
  }

  private void add(String name, TorchTensor tensor) {
    if (IntegerBuffers.isConstant(name)) {
      return;
    }
    if (!tensor.storage().type().isFloat()) {
      throw IntegerBuffers.notWeights(file, name, tensor.storage().type().name());
    }
    if (tensors.put(name, tensor) != null) {
      throw refused("has two tensors [" + name + "]");
    }
    elements += FloatTensor.elements(tensor.shape());
  }

  /** Reads every tensor; one storage at a time is kept. */
  SequencedMap<String, FloatTensor> read(StorageBytes bytes) throws IOException {
    SequencedMap<String, FloatTensor> read = new LinkedHashMap<>();
    @Nullable TorchStorage kept = null;
    ByteBuffer keptBytes = ByteBuffer.allocate(0);
    for (Map.Entry<String, TorchTensor> each : tensors.entrySet()) {
      if (!each.getValue().storage().equals(kept)) {
        kept = each.getValue().storage();
        keptBytes = bytes.of(kept);
      }
      read.put(each.getKey(), each.getValue().read(keptBytes));
    }
    return read;
  }

  private InvalidInputException refused(String what) {
    return new InvalidInputException(
        "[" + file + "] " + what + "; save the model's state_dict() alone, or use safetensors");
  }
}
