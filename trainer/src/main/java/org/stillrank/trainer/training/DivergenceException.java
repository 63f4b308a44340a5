/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

/** Training cannot go on because its numbers are not finite; the message names where. */
public final class DivergenceException extends RuntimeException {
  DivergenceException(String message) {
    super(message);
  }
}
