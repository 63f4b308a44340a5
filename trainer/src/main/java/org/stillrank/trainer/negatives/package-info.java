/* SPDX-License-Identifier: Apache-2.0 */
/** Finds and draws the passages that a list holds beside its relevant one. */
package org.stillrank.trainer.negatives;
