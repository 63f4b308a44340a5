/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.model;

import java.util.regex.Pattern;

/** Names of models: one folder name, never a path. */
public final class ModelId {
  /** What a valid name is, for messages. */
  public static final String RULE =
      "a model is named by lower-case letters, digits, dot, dash and underscore, at most 64, and"
          + " begins with a letter or digit";

  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private ModelId() {}

  public static boolean isValid(String id) {
    return VALID.matcher(id).matches();
  }
}
