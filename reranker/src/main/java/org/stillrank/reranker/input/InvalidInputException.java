/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.input;

import org.jspecify.annotations.Nullable;

/**
 * Something a person gave cannot be used: a file, a line, a field, an option.
 *
 * <p>The message is shown as it is, without a stack trace. It brackets the value, names the file
 * and line or the field, and ends with what to do about it.
 */
public final class InvalidInputException extends RuntimeException {
  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
