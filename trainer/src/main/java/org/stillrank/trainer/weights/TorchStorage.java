/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

/**
 * The numbers that one or several tensors of a {@code torch.save} file look at.
 *
 * @param key its name in the file
 * @param type of every number
 * @param elements how many numbers
 */
record TorchStorage(String key, ElementType type, long elements) {
  /** Bytes of all numbers; negative where no Java array holds them. */
  int size() {
    long size = Math.multiplyHigh(elements, type.width()) == 0 ? elements * type.width() : -1;
    return size > Integer.MAX_VALUE - 16 ? -1 : (int) size;
  }
}
