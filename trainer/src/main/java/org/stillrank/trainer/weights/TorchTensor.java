/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * A view of a storage, as {@code torch._utils._rebuild_tensor_v2} describes it.
 *
 * @param storage what it looks at
 * @param offset the first element, counted in elements
 * @param shape the dimensions; empty for a scalar
 * @param strides elements from one index of a dimension to the next
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record TorchTensor(TorchStorage storage, long offset, long[] shape, long[] strides) {

  /**
   * @throws InvalidInputException when it looks beyond its storage, or repeats elements: an
   *     expanded tensor of a few bytes could fill any memory
   */
  TorchTensor {
    long elements = shape.length == strides.length ? elementsWithin(shape) : -1;
    if (elements < 0
        || elements > storage.elements()
        || (elements > 0 && !lastWithin(storage, offset, shape, strides))) {
      throw new InvalidInputException(
          "a tensor of shape "
              + Arrays.toString(shape)
              + ", strides "
              + Arrays.toString(strides)
              + " and offset "
              + offset
              + " does not fit its storage of "
              + storage.elements()
              + " elements; save a contiguous copy, or use safetensors");
    }
  }

  private static long elementsWithin(long[] shape) {
    return Arrays.stream(shape).anyMatch(size -> size < 0) ? -1 : FloatTensor.elements(shape);
  }

  private static boolean lastWithin(
      TorchStorage storage, long offset, long[] shape, long[] strides) {
    long left = storage.elements() - 1 - offset;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] > 1) {
        if (left < 0 || strides[i] < 0 || strides[i] > left) {
          return false;
        }
        left -= (shape[i] - 1) * strides[i];
      }
    }
    return offset >= 0 && left >= 0;
  }

  /** The tensor's own numbers, row by row. */
  FloatTensor read(ByteBuffer storageBytes) {
    float[] values = new float[Math.toIntExact(FloatTensor.elements(shape))];
    if (values.length == 0) {
      return new FloatTensor(shape, values);
    }
    int width = storage.type().width();
    if (isPacked()) {
      ByteBuffer own =
          storageBytes
              .slice(Math.toIntExact(offset * width), values.length * width)
              .order(storageBytes.order());
      return new FloatTensor(shape, storage.type().floats(own));
    }
    float[] all = storage.type().floats(storageBytes.duplicate().order(storageBytes.order()));
    long[] index = new long[shape.length];
    long at = offset;
    for (int i = 0; i < values.length; i++) {
      values[i] = all[Math.toIntExact(at)];
      at += step(index);
    }
    return new FloatTensor(shape, values);
  }

  /** Moves an index to the next element and tells how far that is in the storage. */
  private long step(long[] index) {
    long moved = 0;
    for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
      moved += strides[dimension];
      if (++index[dimension] < shape[dimension]) {
        return moved;
      }
      moved -= strides[dimension] * shape[dimension];
      index[dimension] = 0;
    }
    return moved;
  }

  private boolean isPacked() {
    long next = 1;
    for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
      if (shape[dimension] != 1 && strides[dimension] != next) {
        return false;
      }
      next *= shape[dimension];
    }
    return true;
  }
}
