/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How a file keeps the numbers of a tensor; named as in safetensors. */
enum ElementType {
  /** Narrowed to float32 on reading, as training would. */
  F64("DoubleStorage", 8),
  F32("FloatStorage", 4),
  F16("HalfStorage", 2),
  BF16("BFloat16Storage", 2),
  I64("LongStorage", 8),
  I32("IntStorage", 4),
  I16("ShortStorage", 2),
  I8("CharStorage", 1),
  U8("ByteStorage", 1),
  BOOL("BoolStorage", 1);

  private final String torchStorage;
  private final int width;

  ElementType(String torchStorage, int width) {
    this.torchStorage = torchStorage;
    this.width = width;
  }

  /** The type of a safetensors {@code dtype}. */
  static Optional<ElementType> ofSafetensors(String dtype) {
    return Arrays.stream(values()).filter(each -> each.name().equals(dtype)).findFirst();
  }

  /** The type of a class in Python's module {@code torch}, such as {@code FloatStorage}. */
  static Optional<ElementType> ofTorch(String storage) {
    return Arrays.stream(values()).filter(each -> each.torchStorage.equals(storage)).findFirst();
  }

  /** Bytes of a number. */
  int width() {
    return width;
  }

  boolean isFloat() {
    return ordinal() <= BF16.ordinal();
  }

  /** All numbers of a buffer as float32; the buffer has its file's byte order. */
  float[] floats(ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / width];
    switch (this) {
      case F64 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) bytes.getDouble(bytes.position() + 8 * i);
        }
      }
      case F32 -> bytes.asFloatBuffer().get(values);
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.float16ToFloat(bytes.getShort(bytes.position() + 2 * i));
        }
      }
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(bytes.getShort(bytes.position() + 2 * i) << 16);
        }
      }
      default -> throw new IllegalStateException(this + " is no type of weights");
    }
    return values;
  }
}
