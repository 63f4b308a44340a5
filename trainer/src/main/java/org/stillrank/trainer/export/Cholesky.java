/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Factors of positive definite matrices. */
final class Cholesky {
  private Cholesky() {}

  /** The upper triangular U with UᵀU = the inverse of the given matrix. */
  static double[][] ofInverse(double[][] matrix) {
    int width = matrix.length;
    double[] values = new double[width * width];
    for (int row = 0; row < width; row++) {
      System.arraycopy(matrix[row], 0, values, row * width, width);
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor given = AbstractTensor.create(values, width, width);
      Tensor inverse = torch.cholesky_inverse(torch.linalg_cholesky(given));
      Tensor upper = torch.linalg_cholesky(inverse, true).contiguous();
      DoublePointer data = upper.data_ptr_double();
      data.get(values);
    }
    double[][] factor = new double[width][width];
    for (int row = 0; row < width; row++) {
      System.arraycopy(values, row * width, factor[row], 0, width);
    }
    return factor;
  }
}
