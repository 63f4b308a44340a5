/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

/**
 * A part of a text in characters, as Java and JavaScript count them (UTF-16).
 *
 * @param from the first one's index, from 0
 * @param to the index behind the last one
 */
public record CharacterSpan(int from, int to) {
  /** That part. */
  public String of(String text) {
    return text.substring(from, to);
  }
}
