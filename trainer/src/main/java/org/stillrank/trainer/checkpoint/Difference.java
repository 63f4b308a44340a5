/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Says in words where two trees differ. */
final class Difference {
  private final List<String> found = new ArrayList<>();

  private Difference() {}

  /** Such as {@code [optimisation.seed] was [1] and is [2]}; empty when the trees are equal. */
  static List<String> between(JsonNode before, JsonNode now) {
    Difference difference = new Difference();
    difference.compare("", before, now);
    return difference.found;
  }

  /** A key that was not there before is one that was not given. */
  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private void compare(String path, JsonNode before, JsonNode now) {
    if (before.isObject() && now.isObject()) {
      Set<String> names = new LinkedHashSet<>(before.propertyNames());
      names.addAll(now.propertyNames());
      for (String name : names) {
        compare(path.isEmpty() ? name : path + "." + name, before.path(name), now.path(name));
      }
    } else if (!(isAbsent(before) && isAbsent(now)) && !before.toString().equals(now.toString())) {
      found.add("[" + path + "] was [" + before + "] and is [" + now + "]");
    }
  }
}
