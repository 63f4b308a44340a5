/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of a document as every part of Stillrank shows it to a model. Bench, trainer and server
 * build it here, because a model that is trained on "title text" and served "text" loses quality
 * without any error.
 */
public final class PassageText {
  private PassageText() {}

  /** The non-empty fields in the given order, joined by the separator; empty when all are empty. */
  public static String join(List<String> fields, String separator) {
    return fields.stream().filter(field -> !field.isEmpty()).collect(Collectors.joining(separator));
  }
}
