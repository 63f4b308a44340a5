/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.RescorerBuilder;

/**
 * Hits outside a window are dropped, for their scores say nothing beside the model's. So a window
 * must hold every hit that is asked for, and a later rescorer cannot look at more than it was left.
 */
public final class WindowRule {
  private static final int USUAL_SIZE = 10;

  private WindowRule() {}

  /** The last hit that a search asks for: its {@code from + size}. */
  public static long asked(SearchSourceBuilder source) {
    int size = source.size() < 0 ? USUAL_SIZE : source.size();
    return (long) Math.max(0, source.from()) + size;
  }

  static List<String> problems(CrossEncoderRescorerBuilder rescorer, SearchSourceBuilder source) {
    List<String> problems = new ArrayList<>();
    int window = window(rescorer);
    long asked = asked(source);
    if (window < asked) {
      problems.add(
          "[cross_encoder] window_size ["
              + window
              + "] is below from + size ["
              + asked
              + "], and hits outside the window are dropped; set window_size to at least ["
              + asked
              + "], or ask for fewer hits");
    }
    boolean after = false;
    for (RescorerBuilder<?> other : source.rescores()) {
      if (after && window(other) > window) {
        problems.add(
            "a rescorer after [cross_encoder] has window_size ["
                + window(other)
                + "], but only ["
                + window
                + "] hits are left to it; make it at most ["
                + window
                + "]");
      }
      after |= other == rescorer;
    }
    return problems;
  }

  private static int window(RescorerBuilder<?> rescorer) {
    Integer given = rescorer.windowSize();
    return given == null ? RescorerBuilder.DEFAULT_WINDOW_SIZE : given;
  }
}
