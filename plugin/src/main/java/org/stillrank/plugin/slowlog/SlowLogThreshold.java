/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.slowlog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Setting.Property;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.logging.Level;
import org.jspecify.annotations.Nullable;

/** How long a shard's reranking may take before it is told at a level; the gravest level first. */
public enum SlowLogThreshold {
  WARN(Level.WARN),
  INFO(Level.INFO),
  DEBUG(Level.DEBUG),
  TRACE(Level.TRACE);

  private final Level level;
  private final Setting<TimeValue> setting;

  SlowLogThreshold(Level level) {
    this.level = level;
    this.setting =
        Setting.timeSetting(
            "index.stillrank.rescore.slowlog.threshold." + name().toLowerCase(Locale.ROOT),
            TimeValue.MINUS_ONE,
            TimeValue.MINUS_ONE,
            Property.Dynamic,
            Property.IndexScope);
  }

  /** Of an index; each is -1, for never, unless it is set. */
  public static List<Setting<?>> settings() {
    return Arrays.<SlowLogThreshold>stream(values()).<Setting<?>>map(each -> each.setting).toList();
  }

  /** At which something is told that took so long; null when it is not. */
  static @Nullable Level level(IndexSettings index, long nanos) {
    for (SlowLogThreshold each : values()) {
      long most = index.getValue(each.setting).nanos();
      if (most >= 0 && nanos > most) {
        return each.level;
      }
    }
    return null;
  }
}
