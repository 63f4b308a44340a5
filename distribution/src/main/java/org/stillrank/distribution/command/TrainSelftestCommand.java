/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Precision;
import org.stillrank.trainer.selftest.Check;
import org.stillrank.trainer.selftest.SelfTest;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank train selftest}. */
@Command(
    name = "selftest",
    description =
        "Compares encoders and objectives of this build with logits, losses and gradients of other"
            + " implementations. Ends with exit code 1 when one is beyond its tolerance.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: stillrank train selftest --fixtures trainer/src/test/resources"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainSelftestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--fixtures",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder with objectives.json, and in backbones/NAME config.json, weights and"
              + " expected.json.")
  private Path fixtures;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda",
      defaultValue = "cpu",
      description = "Where to compute. Default: ${DEFAULT-VALUE}. cuda has not been run yet.")
  private String device;

  @Option(
      names = "--precision",
      defaultValue = "FLOAT32",
      description =
          "In what the encoders' layers are computed: ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private Precision precision;

  @Override
  public Integer call() throws IOException {
    Device chosen = Device.named(device);
    SelfTest test = SelfTest.run(fixtures, chosen, precision, Progress.onStandardError());
    print(test, chosen, spec.commandLine().getOut());
    return test.failed() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void print(SelfTest test, Device device, PrintWriter out) {
    int width = test.checks().stream().mapToInt(each -> each.name().length()).max().orElse(0);
    String columns = "%-" + width + "s  %-22s  %9s  %9s  %s%n";
    out.printf(Locale.ROOT, columns, "case", "kind", "deviation", "tolerance", "result");
    for (Check each : test.checks()) {
      out.printf(
          Locale.ROOT,
          columns,
          each.name(),
          each.quantity(),
          scientific(each.deviation()),
          scientific(each.tolerance()),
          each.passed() ? "pass" : "FAIL");
    }
    out.printf(
        Locale.ROOT,
        "backbones %d, objective cases %d, device %s: %d checks, %d passed, %d failed%n",
        test.backbones(),
        test.objectiveCases(),
        device,
        test.checks().size(),
        test.checks().size() - test.failed(),
        test.failed());
    out.flush();
  }

  private static String scientific(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
