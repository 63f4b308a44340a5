/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.trainer.config.ExportWeights;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.example.TrainingSet;
import org.stillrank.trainer.training.BestWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stillrank train export}. */
@Command(
    name = "export",
    description = {
      "Writes the best weights of a training as a bundle, also while the training goes on or after",
      "it was stopped. Each file must answer 1,000 real pairs as libtorch does with its weights."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONFIG", description = "The YAML file that was trained with.")
  private Path config;

  @Mixin private PreparedOptions prepared;

  @Option(
      names = "--weights",
      paramLabel = "KIND",
      split = ",",
      description = "${COMPLETION-CANDIDATES}; the first one is the bundle's default.",
      defaultValue = "INT8_WEIGHTS")
  private List<ExportWeights> weights;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The bundle's folder; an older bundle there is replaced.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    TrainingConfig read = TrainingConfig.read(config);
    TrainingSet set = TrainingSet.read(prepared.folder(read));
    ModelBundle bundle = new BestWeights(read, set).export(out, weights);
    PrintWriter to = spec.commandLine().getOut();
    to.println("bundle [" + bundle.id() + "] in " + out);
    to.flush();
    return ExitCode.OK;
  }
}
