/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.experiment.ExperimentSettings;
import org.stillrank.bench.experiment.PassageExperiment;
import org.stillrank.bench.experiment.PassageResult;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.passage.PassageOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank bench passages}. */
@Command(
    name = "passages",
    description = {
      "Compares ways to read long texts: what each is worth and how long it takes, all in turns",
      "within one run. Choose one on training-side queries, never on the test split."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "Example: stillrank bench passages --data DIR --model MODEL --split train --held-out-of PREPARED"
          + " --passages beginning --passages length=96,stride=48,max=2"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchPassagesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FirstStageOptions firstStage;
  @Mixin private HeldOutOption heldOut;

  @Option(names = "--split", description = "The qrels to measure with.", defaultValue = "test")
  private String split;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      required = true,
      description =
          "A model bundle or Hugging Face cross-encoder folder; FOLDER:NAME for one file of it.")
  private String model;

  @Option(
      names = "--passages",
      paramLabel = "WAY",
      required = true,
      description = {
        "beginning, or windows as length=N[,lead=N][,stride=N][,max=N][,select=none|lexical]",
        "[,aggregate=max|first|mean|top_k_mean][,top_k=N]; repeatable, the first is compared with."
      })
  private List<String> ways;

  @Option(names = "--measure", description = "Of the model alone.", defaultValue = "nDCG@10")
  private String measure;

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "At most so many, spread evenly over the split; all when left out.",
      defaultValue = "2147483647",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private int queries;

  @Option(names = "--seed", description = "Of the randomisation test.", defaultValue = "1")
  private long seed;

  @Override
  public Integer call() throws IOException {
    ExperimentSettings settings =
        firstStage.settings(
            split,
            List.of(),
            List.of(),
            List.of(Measure.parse(measure)),
            ComparisonSettings.seeded(seed));
    PassageResult result =
        PassageExperiment.run(
            settings,
            ModelFolder.of(model).open(),
            ways.stream().map(PassageOptions::parse).toList(),
            heldOut.queries(firstStage.data, split),
            queries,
            Progress.onStandardError());
    spec.commandLine().getOut().print(result.table());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
