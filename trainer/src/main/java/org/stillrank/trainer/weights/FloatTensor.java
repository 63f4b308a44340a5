/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A tensor on the Java heap, row by row.
 *
 * @param shape the dimensions; empty for a scalar
 * @param values as many as the product of the shape
 */
@SuppressWarnings("ArrayRecordComponent") // millions of numbers: boxed they would not fit
public record FloatTensor(long[] shape, float[] values) {

  public FloatTensor {
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          values.length + " values for shape " + Arrays.toString(shape));
    }
  }

  /** A tensor of one dimension. */
  public static FloatTensor vector(float... values) {
    return new FloatTensor(new long[] {values.length}, values);
  }

  /** A copy of a native tensor from any device, as float32. */
  public static FloatTensor of(Tensor tensor) {
    try (Tensor detached = tensor.detach();
        Tensor near = detached.cpu();
        Tensor typed = near.to(ScalarType.Float);
        Tensor packed = typed.contiguous();
        FloatPointer data = packed.data_ptr_float()) {
      float[] values = new float[Math.toIntExact(packed.numel())];
      data.get(values);
      return new FloatTensor(tensor.shape(), values);
    }
  }

  /** Copies of native tensors, in their order. */
  public static SequencedMap<String, FloatTensor> of(Map<String, Tensor> tensors) {
    SequencedMap<String, FloatTensor> copies = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> copies.put(name, of(tensor)));
    return copies;
  }

  /** A new native float32 tensor with these values; the caller's. */
  public Tensor toNative() {
    return AbstractTensor.create(values, shape);
  }

  /** Overwrites the values of a native float32 tensor of the same shape. */
  public void copyTo(Tensor target) {
    if (!Arrays.equals(shape, target.shape())) {
      throw new IllegalArgumentException(
          Arrays.toString(shape) + " into " + Arrays.toString(target.shape()));
    }
    try (Tensor source = toNative();
        Tensor detached = target.detach()) {
      detached.copy_(source).close();
    }
  }

  /** A matrix with rows and columns exchanged. */
  public FloatTensor transposed() {
    int rows = Math.toIntExact(shape[0]);
    int columns = Math.toIntExact(shape[1]);
    float[] turned = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
    return new FloatTensor(new long[] {columns, rows}, turned);
  }

  /** Some rows of a matrix, in the order in which they are named. */
  public FloatTensor rows(int[] kept) {
    int columns = Math.toIntExact(shape[1]);
    float[] some = new float[kept.length * columns];
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(values, kept[i] * columns, some, i * columns, columns);
    }
    return new FloatTensor(new long[] {kept.length, columns}, some);
  }

  /** A matrix with each column multiplied by a number of its own. */
  public FloatTensor timesColumns(float[] factors) {
    float[] products = new float[values.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = values[i] * factors[i % factors.length];
    }
    return new FloatTensor(shape, products);
  }

  /** A matrix with each row multiplied by a number of its own. */
  public FloatTensor timesRows(float[] factors) {
    int columns = Math.toIntExact(shape[1]);
    float[] products = new float[values.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = values[i] * factors[i / columns];
    }
    return new FloatTensor(shape, products);
  }

  /** Product of the dimensions; {@code Long.MAX_VALUE} where it is beyond that. */
  static long elements(long[] shape) {
    long product = 1;
    for (long size : shape) {
      if (Math.multiplyHigh(product, size) != 0 || product * size < 0) {
        return Long.MAX_VALUE;
      }
      product *= size;
    }
    return product;
  }
}
