/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.elasticsearch.core.TimeValue;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.scoring.TokenLimit;

/** What the node says where a clause is silent; an operator may change it at any time. */
public final class RescorePolicy {
  /** The setting that says it. */
  public static final String TIMEOUT = "stillrank.rescore.timeout";

  /** The setting of the most tokens that one shard's window may take. */
  public static final String MAX_TOKENS = "stillrank.rescore.max_tokens";

  private volatile TimeValue timeout;
  private volatile TokenLimit tokenLimit;

  /**
   * @param timeout below 0 for none
   * @param maxTokens of one shard's window
   */
  public RescorePolicy(TimeValue timeout, long maxTokens) {
    this.timeout = timeout;
    this.tokenLimit = new TokenLimit(MAX_TOKENS, maxTokens);
  }

  /** For one shard's window; null for none. */
  @Nullable TimeValue timeout() {
    TimeValue now = timeout;
    return now.millis() < 0 ? null : now;
  }

  /** From now on; below 0 for none. */
  public void timeout(TimeValue changed) {
    timeout = changed;
  }

  /** For one shard's window. */
  TokenLimit tokenLimit() {
    return tokenLimit;
  }

  /** From now on. */
  public void maxTokens(long changed) {
    tokenLimit = new TokenLimit(MAX_TOKENS, changed);
  }
}
