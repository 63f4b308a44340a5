/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.elasticsearch.core.TimeValue;
import org.stillrank.reranker.scoring.TokenLimit;

/** What the node says where a clause is silent; an operator may change it at any time. */
public final class RescorePolicy {
  /** The setting that says it. */
  public static final String TIMEOUT = "stillrank.rescore.timeout";

  /** The setting of the most tokens that one window may take. */
  public static final String MAX_TOKENS = "stillrank.rescore.max_tokens";

  private volatile TimeValue timeout;
  private volatile TokenLimit tokenLimit;

  /**
   * @param timeout below 0 for none
   * @param maxTokens of one window
   */
  public RescorePolicy(TimeValue timeout, long maxTokens) {
    this.timeout = timeout;
    this.tokenLimit = new TokenLimit(MAX_TOKENS, maxTokens);
  }

  /**
   * From now on, by the clause's own timeout or else this.
   *
   * @param spentNanos of the time already
   */
  public Deadline deadline(Clause clause, long spentNanos) {
    TimeValue now = timeout;
    return clause.timeout() != null
        ? Deadline.after(Clause.TIMEOUT, clause.timeout(), spentNanos, System::nanoTime)
        : Deadline.after(TIMEOUT, now.millis() < 0 ? null : now, spentNanos, System::nanoTime);
  }

  /** From now on; below 0 for none. */
  public void timeout(TimeValue changed) {
    timeout = changed;
  }

  /** For one window. */
  TokenLimit tokenLimit() {
    return tokenLimit;
  }

  /** From now on. */
  public void maxTokens(long changed) {
    tokenLimit = new TokenLimit(MAX_TOKENS, changed);
  }
}
