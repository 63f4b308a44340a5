/* SPDX-License-Identifier: Apache-2.0 */
/** How gradients become new weights: AdamW and its learning rate. */
package org.stillrank.trainer.optimisation;
