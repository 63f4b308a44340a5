/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.util.Collection;
import org.stillrank.reranker.input.InvalidInputException;

/** Refuses values outside of their range, naming the key. */
final class Bound {
  private Bound() {}

  static void atLeast(String key, long value, long least) {
    if (value < least) {
      throw new InvalidInputException(
          "[" + key + "] is [" + value + "]; it must be at least " + least);
    }
  }

  static void positive(String key, double value) {
    if (!(value > 0) || !Double.isFinite(value)) {
      throw new InvalidInputException("[" + key + "] is [" + value + "]; it must be above 0");
    }
  }

  static void notNegative(String key, double value) {
    if (!(value >= 0) || !Double.isFinite(value)) {
      throw new InvalidInputException("[" + key + "] is [" + value + "]; it must be 0 or above");
    }
  }

  /** From 0 to below 1. */
  static void fraction(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new InvalidInputException(
          "[" + key + "] is [" + value + "]; it must be at least 0 and below 1");
    }
  }

  /** From 0 to 1. */
  static void share(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new InvalidInputException("[" + key + "] is [" + value + "]; it must be from 0 to 1");
    }
  }

  static void notEmpty(String key, Collection<?> values) {
    if (values.isEmpty()) {
      throw new InvalidInputException("[" + key + "] is empty; name at least one");
    }
  }
}
