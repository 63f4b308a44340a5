/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the numbers inside a model file are kept, and whether that lets batches change scores. */
public enum Quantisation {
  /** 32-bit floats throughout. */
  @JsonProperty("none")
  NONE,
  /** 16-bit weights and products, 32-bit sums and everything else; for GPUs. */
  @JsonProperty("fp16")
  FP16,
  /** 8-bit weights, computed with 32-bit float activations. */
  @JsonProperty("int8_weights")
  INT8_WEIGHTS,
  /** 8-bit weights and activations, activation scales calibrated before and fixed. */
  @JsonProperty("int8_static")
  INT8_STATIC,
  /** 8-bit weights and activations, one activation scale for each row. */
  @JsonProperty("int8_per_row")
  INT8_PER_ROW,
  /** 8-bit weights and activations, one activation scale for the whole batch. */
  @JsonProperty("int8_per_batch")
  INT8_PER_BATCH
}
