/* SPDX-License-Identifier: Apache-2.0 */
/** Trained encoders as ONNX graphs and bundles, checked against the trainer's own logits. */
package org.stillrank.trainer.export;
