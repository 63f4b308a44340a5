/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.reranker.inspection.ModelVerification;
import org.stillrank.reranker.inspection.ModelVerification.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stillrank model verify}. */
@Command(
    name = "verify",
    description = {
      "Tries whether a model is what it claims: whole files, a head that answers one number, a",
      "fitting tokenizer, and the same score for a passage alone, in any batch and in any order",
      "(within 1e-5). The exit code is 1 when a check fails."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: stillrank model verify distribution/bundles/base"})
public final class ModelVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelFolder model;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ModelVerification verification = ModelVerification.of(model.open());
    for (ModelVerification.Check check : verification.checks()) {
      out.printf(
          Locale.ROOT,
          "%-10s %-7s %s%n",
          check.name(),
          check.outcome().name().toLowerCase(Locale.ROOT),
          check.detail());
    }
    out.flush();
    return verification.outcome() == Outcome.PASSED ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
