/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.haystack;

import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * How texts are hidden.
 *
 * @param words of a long document, the hidden text among them
 * @param depths the share of the unrelated words that stands before the text, from 0 to 1; each
 *     document has one of them
 * @param seed of the depths and of the unrelated texts
 */
public record HaystackOptions(int words, List<Double> depths, long seed) {
  /**
   * @throws InvalidInputException if a number is out of its range
   */
  public HaystackOptions {
    depths = List.copyOf(depths);
    if (words < 1) {
      throw new InvalidInputException("[words] is [" + words + "]; give 1 or more");
    }
    if (depths.isEmpty()) {
      throw new InvalidInputException("[depths] is empty; give one or more, each from 0 to 1");
    }
    for (double depth : depths) {
      if (!(depth >= 0 && depth <= 1)) {
        throw new InvalidInputException(
            "[depths] has [" + depth + "]; give the share of the other words before it, 0 to 1");
      }
    }
  }
}
