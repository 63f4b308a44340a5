/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.slowlog;

import java.util.Map;
import org.elasticsearch.logging.Level;

/** Where slow rerankings are written. */
@FunctionalInterface
public interface SlowLog {
  /** Writes one, by the names of its fields. */
  void write(Level level, Map<String, Object> fields);
}
