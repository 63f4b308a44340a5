/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.slowlog;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;

/** The thresholds of a node for windows of retrievers, which belong to no index. */
public final class SlowRetrievers {
  private final Map<SlowLogThreshold, TimeValue> most = new ConcurrentHashMap<>();

  /** As the node begins with them. */
  public SlowRetrievers(Settings settings) {
    for (SlowLogThreshold each : SlowLogThreshold.values()) {
      most.put(each, each.ofNode().get(settings));
    }
  }

  /** Follows changes from now on. */
  public void follow(ClusterSettings changes) {
    for (SlowLogThreshold each : SlowLogThreshold.values()) {
      changes.addSettingsUpdateConsumer(each.ofNode(), changed -> most.put(each, changed));
    }
  }

  TimeValue most(SlowLogThreshold threshold) {
    return most.getOrDefault(threshold, TimeValue.MINUS_ONE);
  }
}
