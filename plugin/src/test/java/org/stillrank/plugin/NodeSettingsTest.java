/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.scoring.Niceness;
import org.stillrank.reranker.scoring.Schedule;

class NodeSettingsTest {
  private static final Niceness USUAL = new Niceness(Niceness.isSupported() ? 10 : 0);

  @Test
  void theDefaultsAreTheDocumentedOnes() {
    Settings two = Settings.builder().put("node.processors", 1).build();
    assertThat(NodeSettings.SEARCH_THREAD_SHARE.get(two)).isEqualTo(0.5);
    assertThat(NodeSettings.TIMEOUT.get(two)).isEqualTo(TimeValue.MINUS_ONE);
    assertThat(NodeSettings.PRELOAD.get(two)).isEmpty();
    assertThat(NodeSettings.schedule(two)).isEqualTo(new Schedule(1, 1, 200, USUAL));
  }

  @Test
  void workersShareTheProcessorsAmongTheirThreads() {
    Settings all = Settings.builder().put("stillrank.model.threads_per_worker", 1).build();
    int processors = NodeSettings.schedule(all).workers();
    assertThat(processors).isEqualTo(Runtime.getRuntime().availableProcessors());
    Settings halved = Settings.builder().put("stillrank.model.threads_per_worker", 2).build();
    assertThat(NodeSettings.schedule(halved))
        .isEqualTo(new Schedule(Math.max(1, processors / 2), 2, 200, USUAL));
    Settings one = Settings.builder().put("stillrank.model.threads_per_worker", 1024).build();
    assertThat(NodeSettings.schedule(one).workers()).isEqualTo(1);
  }

  @Test
  void whatIsSetCounts() {
    Settings set =
        Settings.builder()
            .put("stillrank.model.workers", 3)
            .put("stillrank.model.threads_per_worker", 2)
            .put("stillrank.model.tokens_per_batch", 1024)
            .put("stillrank.model.niceness", 0)
            .putList("stillrank.model.preload", "a", "b")
            .put("stillrank.rescore.timeout", "250ms")
            .build();
    assertThat(NodeSettings.schedule(set)).isEqualTo(new Schedule(3, 2, 1024));
    assertThat(NodeSettings.PRELOAD.get(set)).isEqualTo(List.of("a", "b"));
    assertThat(NodeSettings.TIMEOUT.get(set)).isEqualTo(TimeValue.timeValueMillis(250));
  }

  /** Of 16 GiB with a heap of 8: a quarter of what is left. */
  @ParameterizedTest
  @CsvSource({"25%, 2147483648", "0.5, 4294967296", "1gb, 1073741824", "0, 0", "-1, -1"})
  void nativeMemoryIsAShareOfWhatTheHeapLeaves(String value, long bytes) {
    Settings set = Settings.builder().put("stillrank.native_memory.limit", value).build();
    long gib = 1L << 30;
    assertThat(
            NodeSettings.nativeMemory(NodeSettings.NATIVE_MEMORY_LIMIT.get(set), 16 * gib, 8 * gib))
        .isEqualTo(bytes);
  }

  @Test
  void aShareOfUnknownMemoryIsNoLimit() {
    assertThat(
            NodeSettings.nativeMemory(NodeSettings.NATIVE_MEMORY_LIMIT.get(Settings.EMPTY), 0, 1))
        .isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "stillrank.rescore.search_thread_share, 0",
    "stillrank.rescore.search_thread_share, 1.5",
    "stillrank.rescore.search_thread_share, half",
    "stillrank.rescore.timeout, 5",
    "stillrank.rescore.timeout, -5s",
    "stillrank.rescore.timeout, 0ms",
    "stillrank.native_memory.limit, 101%",
    "stillrank.native_memory.limit, -5b",
    "stillrank.native_memory.limit, much",
    "stillrank.model.workers, 0",
    "stillrank.model.threads_per_worker, 0",
    "stillrank.model.niceness, -1",
    "stillrank.model.niceness, 20",
    "stillrank.model.tokens_per_batch, 0",
    "stillrank.model.preload, ../secret",
  })
  void anUnusableValueIsRefusedUnderItsName(String key, String value) {
    Setting<?> setting =
        NodeSettings.all().stream()
            .filter(each -> each.getKey().equals(key))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> setting.get(Settings.builder().put(key, value).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }
}
