/* SPDX-License-Identifier: Apache-2.0 */
/** Pretrained encoders brought onto this machine, from the Hugging Face hub or from a folder. */
package org.stillrank.trainer.backbone;
