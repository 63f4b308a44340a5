/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stillrank.distribution.cluster.ServedModel;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;

/** Models that stand beside each other in one server, where each needs a name of its own. */
final class NamedModels {
  /** What the option takes. */
  static final String LABEL = "[NAME=]FOLDER";

  /** What the option says. */
  static final String DESCRIPTION =
      "A model bundle or Hugging Face cross-encoder folder; may be repeated. NAME is its folder in"
          + " the server, and tells two bundles of one model apart.";

  private static final Pattern NAMED = Pattern.compile("([a-z0-9][a-z0-9._-]*)=(.+)");

  private NamedModels() {}

  /**
   * Opens them.
   *
   * @throws InvalidInputException when two would have one name in a server
   */
  static List<ModelBundle> open(List<String> given) throws IOException {
    List<ModelBundle> models = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String each : given) {
      ModelBundle model = opened(each);
      if (!names.add(ServedModel.serverId(model))) {
        throw new InvalidInputException(
            "--model ["
                + each
                + "]: another one is called ["
                + ServedModel.serverId(model)
                + "] too; give this one a name, as in --model NAME="
                + model.directory());
      }
      models.add(model);
    }
    return models;
  }

  private static ModelBundle opened(String given) throws IOException {
    Matcher parts = NAMED.matcher(given);
    return parts.matches() && !Files.isDirectory(Path.of(given))
        ? ModelBundle.open(Path.of(parts.group(2))).withId(parts.group(1))
        : ModelBundle.open(Path.of(given));
  }
}
