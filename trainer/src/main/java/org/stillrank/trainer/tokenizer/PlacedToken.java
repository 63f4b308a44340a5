/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

/**
 * A token and where it stands.
 *
 * @param content the token itself
 * @param id its id, the vocabulary's own
 */
record PlacedToken(String content, int id) {}
