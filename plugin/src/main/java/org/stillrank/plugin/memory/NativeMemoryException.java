/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.memory;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.rest.RestStatus;
import org.jspecify.annotations.Nullable;

/**
 * A model does not fit into what is left of native memory; 429, as of the server's own breakers.
 */
public final class NativeMemoryException extends ElasticsearchStatusException {
  /**
   * @param breaker what the server's breaker said; null where the node has none
   */
  NativeMemoryException(String message, @Nullable CircuitBreakingException breaker) {
    super(message, RestStatus.TOO_MANY_REQUESTS, breaker);
  }
}
