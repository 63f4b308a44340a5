/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.cache;

/**
 * Stands for a model, a query, a way to read texts and a text: half of the SHA-256 of all four, so
 * that two of them that differ practically never share one.
 */
record ScoreKey(long high, long low) {}
