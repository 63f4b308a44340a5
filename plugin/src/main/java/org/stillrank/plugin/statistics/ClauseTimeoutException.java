/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.statistics;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;

/** A clause's time for one shard's window is over; 408. */
public final class ClauseTimeoutException extends ElasticsearchStatusException {
  /**
   * @param option what set the time: the clause's option or the node's setting
   */
  public ClauseTimeoutException(String option, TimeValue timeout) {
    super(
        "[cross_encoder] reranking took longer than ["
            + option
            + "] of ["
            + timeout.getStringRep()
            + "]; give it more, make the window smaller, or set [on_failure] to [first_stage]",
        RestStatus.REQUEST_TIMEOUT);
  }
}
