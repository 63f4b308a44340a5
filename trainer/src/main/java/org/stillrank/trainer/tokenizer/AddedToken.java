/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A token that is found in the text before anything is split (tokenizers' {@code AddedToken}).
 *
 * @param content the token itself
 * @param singleWord whether it is found as a whole word only
 * @param lstrip whether it takes the white space before it
 * @param rstrip whether it takes the white space after it
 * @param normalized whether it is looked for in the normalised text
 * @param special whether decoding leaves it out
 */
record AddedToken(
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** A special token that is looked for in the text as it was given. */
  static AddedToken special(String content) {
    return new AddedToken(content, false, false, false, false, true);
  }

  /** A special token that is looked for after normalisation. */
  static AddedToken normalizedSpecial(String content) {
    return new AddedToken(content, false, false, false, true, true);
  }

  /** A special token that takes the white space before it. */
  static AddedToken strippingSpecial(String content) {
    return new AddedToken(content, false, true, false, false, true);
  }

  /** A word of its own that is no special token, as transformers adds them. */
  static AddedToken plain(String content) {
    return new AddedToken(content, false, false, false, true, false);
  }

  /** A symbol that the training of a vocabulary was given and keeps whole. */
  static AddedToken userDefined(String content) {
    return new AddedToken(content, false, false, false, false, false);
  }

  static AddedToken read(JsonNode node, AddedToken absentMeans) {
    return new AddedToken(
        node.path("content").asString(),
        node.path("single_word").asBoolean(absentMeans.singleWord),
        node.path("lstrip").asBoolean(absentMeans.lstrip),
        node.path("rstrip").asBoolean(absentMeans.rstrip),
        node.path("normalized").asBoolean(absentMeans.normalized),
        node.path("special").asBoolean(absentMeans.special));
  }

  AddedToken withContent(String other) {
    return new AddedToken(other, singleWord, lstrip, rstrip, normalized, special);
  }

  AddedToken asSpecial() {
    return new AddedToken(content, singleWord, lstrip, rstrip, normalized, true);
  }

  void write(ObjectNode target, int id) {
    target.put("id", id);
    target.put("content", content);
    target.put("single_word", singleWord);
    target.put("lstrip", lstrip);
    target.put("rstrip", rstrip);
    target.put("normalized", normalized);
    target.put("special", special);
  }
}
