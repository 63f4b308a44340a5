/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import java.util.Arrays;

/**
 * What a model answered, copied to Java.
 *
 * @param values row-major
 * @param shape its dimensions
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record FloatTensor(float[] values, long[] shape) {
  @Override
  public String toString() {
    return "FloatTensor" + Arrays.toString(shape);
  }
}
