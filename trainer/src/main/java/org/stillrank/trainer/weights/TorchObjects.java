/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.pickle.PickleGlobal;
import org.stillrank.trainer.pickle.PickleObjects;

/**
 * What a state dict of tensors names, and nothing more: ordered dictionaries, tensors, parameters
 * and storages. See {@code torch/_utils.py} and {@code torch/serialization.py}.
 */
final class TorchObjects implements PickleObjects {
  private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final String DICTIONARY = "collections.OrderedDict";
  private static final Set<String> FUNCTIONS = Set.of(TENSOR, PARAMETER, DICTIONARY);

  private final Path file;
  private final Map<String, TorchStorage> storages = new HashMap<>();

  TorchObjects(Path file) {
    this.file = file;
  }

  /** Every storage that was named, by its key. */
  Map<String, TorchStorage> storages() {
    return storages;
  }

  @Override
  public boolean knows(PickleGlobal global) {
    return FUNCTIONS.contains(global.toString())
        || (global.module().equals("torch") && ElementType.ofTorch(global.name()).isPresent());
  }

  @Override
  public Object call(PickleGlobal function, List<?> arguments) {
    if (function.toString().equals(DICTIONARY) && arguments.isEmpty()) {
      return new LinkedHashMap<Object, Object>();
    }
    if (function.toString().equals(PARAMETER)
        && !arguments.isEmpty()
        && arguments.getFirst() instanceof TorchTensor tensor) {
      return tensor;
    }
    if (function.toString().equals(TENSOR)
        && arguments.size() >= 4
        && arguments.get(0) instanceof TorchStorage storage
        && arguments.get(1) instanceof Long offset
        && arguments.get(2) instanceof List<?> shape
        && arguments.get(3) instanceof List<?> strides) {
      return tensor(storage, offset, longs(shape), longs(strides));
    }
    throw refused("[" + function + "] is called with other arguments than torch gives it");
  }

  /** {@code ("storage", type, key, location, elements)}, and None at the end in legacy files. */
  @Override
  public Object persistent(Object id) {
    if (id instanceof List<?> parts
        && parts.size() >= 5
        && "storage".equals(parts.get(0))
        && parts.get(1) instanceof PickleGlobal type
        && parts.get(2) instanceof String key
        && parts.get(4) instanceof Long elements) {
      if (parts.size() > 5 && parts.get(5) instanceof List) {
        throw refused("storage [" + key + "] is a view of another one, as before torch 0.4");
      }
      return storage(key, type, elements);
    }
    throw refused("an object that is no storage is kept outside of the pickle");
  }

  private TorchStorage storage(String key, PickleGlobal type, long elements) {
    TorchStorage storage =
        ElementType.ofTorch(type.name())
            .map(each -> new TorchStorage(key, each, elements))
            .orElseThrow(() -> refused("storage [" + key + "] is of the type [" + type + "]"));
    TorchStorage known = storages.putIfAbsent(key, storage);
    if (known != null && !known.equals(storage)) {
      throw refused("storage [" + key + "] is once " + known + " and once " + storage);
    }
    return storage;
  }

  private TorchTensor tensor(TorchStorage storage, long offset, long[] shape, long[] strides) {
    try {
      return new TorchTensor(storage, offset, shape, strides);
    } catch (InvalidInputException e) {
      throw new InvalidInputException("[" + file + "] " + e.getMessage(), e);
    }
  }

  private long[] longs(List<?> numbers) {
    long[] values = new long[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(numbers.get(i) instanceof Long number)) {
        throw refused("a shape or stride is no whole number");
      }
      values[i] = number;
    }
    return values;
  }

  private InvalidInputException refused(String what) {
    return new InvalidInputException(
        "[" + file + "] " + what + "; save it again with a newer torch, or use safetensors");
  }
}
