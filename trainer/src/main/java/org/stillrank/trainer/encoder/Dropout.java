/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

/**
 * With which probability numbers are forgotten, in training only.
 *
 * @param hidden after embeddings, blocks and pooler
 * @param attention on the attention weights
 */
public record Dropout(double hidden, double attention) {}
