/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.experiment.ExperimentSettings;
import org.stillrank.bench.experiment.LocalModel;
import org.stillrank.bench.experiment.WeightSearch;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.passage.PassageOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank bench tune}. */
@Command(
    name = "tune",
    description = "Finds the weight for bench run --interpolate on training-side queries.",
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
            null,
            List.of(Measure.parse(measure)),
            ComparisonSettings.seeded(0));
    List<WeightSearch.Point> points =
        WeightSearch.run(
            settings, heldOut.queries(firstStage.data, split), Progress.onStandardError());
    PrintWriter out = spec.commandLine().getOut();
    out.println("weight\t" + measure);
    for (WeightSearch.Point each : points) {
      out.printf(Locale.ROOT, "%.2f\t%.4f%n", each.blend().modelWeight(), each.mean());
    }
    WeightSearch.Point best = WeightSearch.best(points);
    out.printf(Locale.ROOT, "best: --interpolate %s%n", best.blend().modelWeight());
    out.flush();
    return 0;
  }
}
