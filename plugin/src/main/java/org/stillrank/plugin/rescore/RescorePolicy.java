/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.elasticsearch.core.TimeValue;
import org.jspecify.annotations.Nullable;

/** What the node says where a clause is silent; an operator may change it at any time. */
public final class RescorePolicy {
  /** The setting that says it. */
  public static final String TIMEOUT = "stillrank.rescore.timeout";

  private volatile TimeValue timeout;

  /**
   * @param timeout below 0 for none
   */
  public RescorePolicy(TimeValue timeout) {
    this.timeout = timeout;
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
}
