/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a shard answers when its hits cannot be reranked. */
public enum OnFailure {
  /** The failure; whether the other shards' hits are returned is for the search to say. */
  FAIL,
  /** Its hits in first-stage order below all reranked ones, and a warning header. */
  FIRST_STAGE;

  /** As it is spelled in a clause. */
  public String spelled() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Both, as they are spelled. */
  public static List<String> spellings() {
    return Arrays.stream(values()).map(OnFailure::spelled).toList();
  }
}
