/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.ArrayList;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Windows of equal length over a text. The last one ends where the text ends, so that it is as long
 * as the others.
 *
 * @param length tokens of a window, its lead included
 * @param lead tokens of the text's beginning, such as its title, that stand before each window, so
 *     that the model knows what it is about; 0 for none
 * @param stride tokens from the start of one to the start of the next, at most what the lead leaves
 *     of the length, so that no token is left out
 * @param max windows that are scored for a text
 * @param selection which of them, when a text has more
 * @param aggregation of their scores
 */
public record Windows(
    int length, int lead, int stride, int max, Selection selection, Aggregation aggregation)
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
    if (lead < 0 || lead >= length) {
      throw new InvalidInputException(
          "[lead] is ["
              + lead
              + "]; give from 0 to less than [length] of ["
              + length
              + "], so that something else has room");
    }
    if (stride > length - lead) {
      throw new InvalidInputException(
          "[stride] is ["
              + stride
              + "], more than [length] of ["
              + length
              + "]"
              + (lead == 0 ? "" : " less [lead] of [" + lead + "]")
              + ", so tokens between two windows would never be scored; give ["
              + (length - lead)
              + "] or less");
    }
  }

  /** Without a lead. */
  public Windows(int length, int stride, int max, Selection selection, Aggregation aggregation) {
    this(length, 0, stride, max, selection, aggregation);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new InvalidInputException("[" + name + "] is [" + value + "]; give 1 or more");
    }
  }

  @Override
  public List<Span> spans(int[] query, int[] text) {
    return selection.of(over(text.length), query, text, max).stream().map(this::whole).toList();
  }

  /** What follows its lead at once is one with it. */
  private Span whole(Span window) {
    return window.from() == lead ? new Span(0, window.to()) : window;
  }

  /** Every window of a text of so many tokens, without their leads. */
  List<Span> over(int tokens) {
    if (tokens <= length) {
      return List.of(new Span(0, tokens));
    }
    int own = length - lead;
    List<Span> windows = new ArrayList<>();
    for (int from = lead; from + own < tokens; from += stride) {
      windows.add(new Span(from, from + own));
    }
    windows.add(new Span(tokens - own, tokens));
    return windows;
  }
}
