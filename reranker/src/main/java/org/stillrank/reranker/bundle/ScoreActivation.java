/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What turns a raw logit into the score a model was trained to mean; scoring itself keeps logits.
 */
public enum ScoreActivation {
  @JsonProperty("identity")
  IDENTITY,
  @JsonProperty("sigmoid")
  SIGMOID
}
