/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

/**
 * How the runtime holds a model; sessions are shared only between equal settings.
 *
 * @param threads runtime threads inside one run
 * @param niceness of the thread that opens the session, which the runtime's own threads inherit; 0
 *     where there are none, so that sessions of one thread are shared whoever opens them
 */
public record SessionSettings(int threads, int niceness) {
  public SessionSettings {
    // One thread is the caller's own.
    niceness = threads == 1 ? 0 : niceness;
  }

  /** Opened by a thread that does not step back. */
  public SessionSettings(int threads) {
    this(threads, 0);
  }
}
