/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.ArrayList;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Windows of equal length over a text. The last one ends where the text ends, so that it is as long
 * as the others.
 *
 * @param length tokens of a window
 * @param stride tokens from the start of one to the start of the next, at most the length, so that
 *     no token is left out
 * @param max windows that are scored for a text
 * @param selection which of them, when a text has more
 * @param aggregation of their scores
 */
public record Windows(int length, int stride, int max, Selection selection, Aggregation aggregation)
    implements Passages {

  /** So many windows of one text are enough for any, and more would take minutes. */
  private static final int MOST = 1000;

  /**
   * @throws InvalidInputException when there are no such windows
   */
  public Windows {
    atLeastOne("length", length);
    atLeastOne("stride", stride);
    atLeastOne("max", max);
    if (max > MOST) {
      throw new InvalidInputException("[max] is [" + max + "]; give [" + MOST + "] or less");
    }
    if (aggregation.kind() == Aggregation.Kind.TOP_K_MEAN && aggregation.topK() > max) {
      throw new InvalidInputException(
          "[top_k] is ["
              + aggregation.topK()
              + "], more than the [max] of ["
              + max
              + "] windows that are scored; give ["
              + max
              + "] or less");
    }
    if (stride > length) {
      throw new InvalidInputException(
          "[stride] is ["
              + stride
              + "], more than [length] of ["
              + length
              + "], so tokens between two windows would never be scored; give [length] or less");
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new InvalidInputException("[" + name + "] is [" + value + "]; give 1 or more");
    }
  }

  @Override
  public List<Span> spans(int[] query, int[] text) {
    return selection.of(over(text.length), query, text, max);
  }

  /** Every window of a text of so many tokens. */
  List<Span> over(int tokens) {
    List<Span> windows = new ArrayList<>();
    for (int from = 0; from + length < tokens; from += stride) {
      windows.add(new Span(from, from + length));
    }
    windows.add(new Span(Math.max(0, tokens - length), tokens));
    return windows;
  }
}
