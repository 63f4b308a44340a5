/* SPDX-License-Identifier: Apache-2.0 */
/** The {@code tokenizer.json} of models whose folder holds an older form of tokenizer only. */
package org.stillrank.trainer.tokenizer;
