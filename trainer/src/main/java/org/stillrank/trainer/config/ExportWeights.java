/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

/** Which weights a bundle holds, spelled in YAML in lower case with dashes. */
public enum ExportWeights {
  FP32,
  /** Fp16 weights and products, for GPUs. */
  FP16,
  /** Int8 weights, fp32 activations. */
  INT8_WEIGHTS,
  /** Int8 weights and activations, with a scale for each token: faster, less exact. */
  INT8_PER_ROW
}
