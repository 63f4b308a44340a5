/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

/** What became of a search. */
public sealed interface Answer {
  /**
   * It was answered in full.
   *
   * @param documents that were scored for it
   */
  record Found(long documents) implements Answer {}

  /** The server has no room for it now: status 429. */
  record Refused() implements Answer {}

  /**
   * It failed in another way.
   *
   * @param why in the server's words
   */
  record Failed(String why) implements Answer {}

  /**
   * No answer came.
   *
   * @param why in the connection's words
   */
  record Lost(String why) implements Answer {}
}
