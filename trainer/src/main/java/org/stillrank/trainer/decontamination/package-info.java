/* SPDX-License-Identifier: Apache-2.0 */
/** Keeps test queries, and what resembles them, out of training. */
package org.stillrank.trainer.decontamination;
