/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.stillrank.trainer.config.ExportWeights;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.example.TrainingSet;
import org.stillrank.trainer.training.BestWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank train export}. */
@Command(
    name = "export",
    description =
        "Writes the best weights of a training as a bundle, also while the training goes on or"
            + " after it was stopped. Each file must answer 1,000 real pairs as libtorch does with"
            + " its weights. Or writes them as transformers keeps them, which is also what a"
            + " second training can start from.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Mixin private PreparedOptions prepared;

  /** What the weights are written as. */
  enum Form {
    BUNDLE,
    HUGGING_FACE
  }

  @Option(
      names = "--as",
      paramLabel = "FORM",
      description = "${COMPLETION-CANDIDATES}: config.json, model.safetensors, tokenizer.json.",
      defaultValue = "BUNDLE")
  private Form form;

  @Option(
      names = "--weights",
      paramLabel = "KIND",
      split = ",",
      description = "Of a bundle: ${COMPLETION-CANDIDATES}; the first one is its default.",
      defaultValue = "INT8_WEIGHTS")
  private List<ExportWeights> weights;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The new folder; an older bundle there is replaced by a bundle.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    TrainingConfig read = config.read();
    TrainingSet set = TrainingSet.read(prepared.folder(read));
    BestWeights best = new BestWeights(read, set);
    PrintWriter to = spec.commandLine().getOut();
    switch (form) {
      case BUNDLE -> to.println("bundle [" + best.export(out, weights).id() + "] in " + out);
      case HUGGING_FACE -> {
        best.exportHuggingFace(out);
        to.println("Hugging Face folder in " + out);
      }
    }
    to.flush();
    return ExitCode.OK;
  }
}
