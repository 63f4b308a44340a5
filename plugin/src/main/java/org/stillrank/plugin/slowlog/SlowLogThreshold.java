/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.slowlog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Setting.Property;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.logging.Level;
import org.jspecify.annotations.Nullable;

/** How long a window may take before it is told at a level; the gravest level first. */
public enum SlowLogThreshold {
  WARN(Level.WARN),
  INFO(Level.INFO),
  DEBUG(Level.DEBUG),
  TRACE(Level.TRACE);

  private final Level level;
  private final Setting<TimeValue> ofIndex;
  private final Setting<TimeValue> ofNode;

  SlowLogThreshold(Level level) {
    this.level = level;
    this.ofIndex = setting("index.stillrank.rescore", Property.IndexScope);
    this.ofNode = setting("stillrank.retriever", Property.NodeScope);
  }

  private Setting<TimeValue> setting(String whose, Property scope) {
    return Setting.timeSetting(
        whose + ".slowlog.threshold." + name().toLowerCase(Locale.ROOT),
        TimeValue.MINUS_ONE,
        TimeValue.MINUS_ONE,
        Property.Dynamic,
        scope);
  }

  /**
   * Of an index for the clause, and of a node for retrievers; each is -1, for never, unless set.
   */
  public static List<Setting<?>> settings() {
    return Arrays.stream(values())
        .<Setting<?>>flatMap(each -> Stream.of(each.ofIndex, each.ofNode))
        .toList();
  }

  /** For windows of the clause. */
  Setting<TimeValue> ofIndex() {
    return ofIndex;
  }

  /** For windows of retrievers. */
  Setting<TimeValue> ofNode() {
    return ofNode;
  }

  /**
   * At which something is told that took so long; null when it is not.
   *
   * @param most what each threshold is set to
   */
  static @Nullable Level level(Function<SlowLogThreshold, TimeValue> most, long nanos) {
    for (SlowLogThreshold each : values()) {
      long limit = most.apply(each).nanos();
      if (limit >= 0 && nanos > limit) {
        return each.level;
      }
    }
    return null;
  }
}
