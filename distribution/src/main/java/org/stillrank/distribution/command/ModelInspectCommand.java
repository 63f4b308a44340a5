/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.reranker.inspection.ModelInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stillrank model inspect}. */
@Command(
    name = "inspect",
    description = "Shows what a model says about itself: files, graph, limits, origin, results.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: stillrank model inspect distribution/bundles/base"})
public final class ModelInspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelFolder model;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (ModelInspection.Fact fact : ModelInspection.of(model.open()).facts()) {
      out.printf(Locale.ROOT, "%-14s %s%n", fact.name(), fact.value());
    }
    out.flush();
    return 0;
  }
}
