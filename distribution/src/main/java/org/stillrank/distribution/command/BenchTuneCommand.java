/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.experiment.ExperimentSettings;
import org.stillrank.bench.experiment.LocalModel;
import org.stillrank.bench.experiment.WeightSearch;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.rerank.Blend;
import org.stillrank.bench.rerank.ClauseTotal;
import org.stillrank.bench.rerank.Interpolation;
import org.stillrank.reranker.passage.PassageOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank bench tune}. */
@Command(
    name = "tune",
    description =
        "Finds the weights for bench run --interpolate and --query-weight on training-side queries."
            + " A query_weight is for the first stage that it was found with: for a server's, give"
            + " the run that bench run --elasticsearch writes as --first-stage.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BenchTuneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FirstStageOptions firstStage;
  @Mixin private HeldOutOption heldOut;

  @Option(
      names = "--split",
      description = "The qrels to tune on; never the test split.",
      defaultValue = "train")
  private String split;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      required = true,
      description = "A model bundle or Hugging Face cross-encoder folder.")
  private Path model;

  @Option(
      names = "--passages",
      paramLabel = "WAY",
      description = "What the model reads of a text, as in bench run.",
      defaultValue = PassageOptions.BEGINNING)
  private String passages;

  @Option(names = "--measure", description = "What to tune for.", defaultValue = "nDCG@10")
  private String measure;

  @Override
  public Integer call() throws IOException {
    ExperimentSettings settings =
        firstStage.settings(
            split,
            List.of(LocalModel.in(model, PassageOptions.parse(passages))),
            List.of(),
            List.of(Measure.parse(measure)),
            ComparisonSettings.seeded(0));
    WeightSearch search =
        WeightSearch.over(
            settings, heldOut.queries(firstStage.data, split), Progress.onStandardError());
    print("--interpolate", search.interpolations(), Interpolation::modelWeight);
    for (ClauseTotal.Mode mode : ClauseTotal.Mode.values()) {
      print(
          "--score-mode " + mode.spelled() + " --query-weight",
          search.totals(mode),
          ClauseTotal::queryWeight);
    }
    return 0;
  }

  private <B extends Blend> void print(
      String option, List<WeightSearch.Point<B>> points, ToDoubleFunction<B> weight) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(option + "\t" + measure);
    for (WeightSearch.Point<B> each : points) {
      out.printf(Locale.ROOT, "%.2f\t%.4f%n", weight.applyAsDouble(each.blend()), each.mean());
    }
    B best = WeightSearch.best(points).blend();
    out.printf(Locale.ROOT, "best: %s %s%n", option, weight.applyAsDouble(best));
    if (best instanceof ClauseTotal && best.equals(points.getFirst().blend())) {
      out.println("That is the largest that was tried; scale the first stage's scores up.");
    }
    out.flush();
  }
}
