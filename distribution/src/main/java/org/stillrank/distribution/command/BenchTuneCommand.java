/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.experiment.ExperimentSettings;
import org.stillrank.bench.experiment.LocalModel;
import org.stillrank.bench.experiment.WeightSearch;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.example.TrainingSet;
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

  @Option(names = "--measure", description = "What to tune for.", defaultValue = "nDCG@10")
  private String measure;

  @Option(
      names = "--held-out-of",
      paramLabel = "DIR",
      description =
          "Tune on the queries that this prepared training set holds out, and on no others. A model"
              + " looks too good on queries it was trained on.")
  private @Nullable Path prepared;

  @Override
  public Integer call() throws IOException {
    ExperimentSettings settings =
        new ExperimentSettings(
            firstStage.data,
            split,
            firstStage.hits,
            firstStage.depth,
            List.of(LocalModel.in(model)),
            null,
            firstStage.run,
            List.of(Measure.parse(measure)),
            ComparisonSettings.seeded(0),
            firstStage.indexHome);
    List<WeightSearch.Point> points =
        WeightSearch.run(settings, queries(), Progress.onStandardError());
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

  private Predicate<String> queries() throws IOException {
    if (prepared == null) {
      return id -> true;
    }
    TrainingSet set = TrainingSet.read(prepared);
    BeirCollection collection = BeirCollection.open(firstStage.data);
    String source = collection.name() + "/" + split;
    if (set.preparation().sources().stream()
        .noneMatch(each -> each.source().equals(source) && each.heldOut() > 0)) {
      throw new InvalidInputException(
          "["
              + prepared
              + "] holds out no queries of ["
              + source
              + "]; name the --data and --split that its config validates with");
    }
    Set<String> heldOut =
        set.validation().stream().map(TrainingList::topicId).collect(Collectors.toSet());
    return heldOut::contains;
  }
}
