/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.lines;

import java.nio.file.Path;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * One line of a file, which knows where it stands.
 *
 * @param number counted from 1
 */
public record Line(Path file, int number, String text) {
  /** The error of this line: {@code file:number: problem}. */
  public InvalidInputException refusal(String problem) {
    return new InvalidInputException(file + ":" + number + ": " + problem);
  }

  /** An integer column; anything else is refused under the column's name. */
  public int integer(String column, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw refusal(column + " [" + value + "] is not an integer; write a number such as 1");
    }
  }
}
