/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.slowlog;

import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.common.logging.ESLogMessage;
import org.elasticsearch.logging.Level;

/**
 * The server's search slow log: its logger is below the one that the server's own configuration
 * sends to {@code CLUSTER_index_search_slowlog.json}. The server's logging interface takes texts
 * only, and a slow log is fields, so this class alone knows log4j.
 */
public final class ServerSlowLog implements SlowLog {
  /** Its name in the server's logging. */
  public static final String LOGGER = "index.search.slowlog.rescore";

  private static final Logger LOG = LogManager.getLogger(LOGGER);

  @Override
  public void write(Level level, Map<String, Object> fields) {
    LOG.log(
        org.apache.logging.log4j.Level.valueOf(level.name()),
        new ESLogMessage().withFields(fields));
  }
}
