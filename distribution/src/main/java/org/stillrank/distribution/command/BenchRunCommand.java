/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.experiment.BenchExperiment;
import org.stillrank.bench.experiment.CandidateScorer;
import org.stillrank.bench.experiment.ExperimentFiles;
import org.stillrank.bench.experiment.ExperimentResult;
import org.stillrank.bench.experiment.ExperimentSettings;
import org.stillrank.bench.experiment.ExperimentTable;
import org.stillrank.bench.experiment.LocalModel;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.rerank.Blend;
import org.stillrank.bench.rerank.ClauseTotal;
import org.stillrank.bench.rerank.Interpolation;
import org.stillrank.bench.run.Run;
import org.stillrank.distribution.cluster.ServedExperiment;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank bench run}. */
@Command(
    name = "run",
    description = "Searches a BEIR folder, reranks with models, measures and tests.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BenchRunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FirstStageOptions firstStage;
  @Mixin private ElasticsearchOption elasticsearch;

  @Option(names = "--split", description = "The qrels to measure with.", defaultValue = "test")
  private String split;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description = "A model bundle or Hugging Face cross-encoder folder; may be repeated.")
  private List<Path> models = List.of();

  @Option(
      names = "--passages",
      paramLabel = "WAY",
      description =
          "What models read of a text: beginning, or windows as in bench passages, such as"
              + " length=96,max=2.",
      defaultValue = PassageOptions.BEGINNING)
  private String passages;

  @Option(
      names = "--interpolate",
      paramLabel = "W",
      description =
          "Report besides each model W times the model plus 1-W times the first stage, both scaled"
              + " to 0..1 for each query. Choose W with bench tune, never on the test split.")
  private @Nullable Double modelWeight;

  @Option(
      names = "--query-weight",
      paramLabel = "Q",
      description =
          "Report besides each model what the clause makes of it and of the first stage with this"
              + " query_weight. Choose Q with bench tune for that first stage, never on the test"
              + " split.")
  private @Nullable Double queryWeight;

  @Option(
      names = "--score-mode",
      paramLabel = "MODE",
      description =
          "The clause's score_mode for --query-weight: total (the default) adds the first stage to"
              + " the model's score, logit_total to its logit.")
  private @Nullable String scoreMode;

  @Option(
      names = "--measures",
      description = "Measures as ir-measures names them.",
      defaultValue = "nDCG@10,R@100")
  private String measures;

  @Option(names = "--seed", description = "Of the randomisation test.", defaultValue = "1")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "Gets run files, per-query.tsv and summary.json; of a server also server-bm25.run, its own"
              + " BM25, for --first-stage.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Passages way = PassageOptions.parse(passages);
    List<Blend> blends = blends();
    List<LocalModel> local = new ArrayList<>();
    for (Path folder : models) {
      local.add(LocalModel.in(folder, way));
    }
    String note = "";
    List<Run> besides = new ArrayList<>();
    ExperimentResult result;
    if (elasticsearch.isGiven()) {
      List<ModelBundle> bundles = local.stream().map(LocalModel::bundle).toList();
      try (ElasticsearchOption.Target target = elasticsearch.open(bundles)) {
        ServedExperiment served =
            ServedExperiment.run(
                target.client(), bundles, way, scorers -> settings(scorers, blends));
        result = served.result();
        note = served.note();
        if (!firstStage.isGiven()) {
          besides.add(served.bm25());
        }
        target.done();
      }
    } else {
      result =
          BenchExperiment.run(settings(List.copyOf(local), blends), Progress.onStandardError());
    }
    ExperimentFiles.write(out, result, besides);
    spec.commandLine().getOut().print(ExperimentTable.of(result) + note);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private List<Blend> blends() {
    List<Blend> blends = new ArrayList<>();
    if (modelWeight != null) {
      blends.add(new Interpolation(modelWeight));
    }
    if (scoreMode != null && queryWeight == null) {
      throw new InvalidInputException(
          "--score-mode [" + scoreMode + "] is for --query-weight; give that too");
    }
    if (queryWeight != null) {
      ClauseTotal.Mode mode =
          scoreMode == null ? ClauseTotal.Mode.TOTAL : ClauseTotal.Mode.of(scoreMode);
      blends.add(new ClauseTotal(mode, queryWeight));
    }
    if (!blends.isEmpty() && models.isEmpty()) {
      throw new InvalidInputException(
          "--interpolate and --query-weight are for a model beside the first stage; give --model");
    }
    return blends;
  }

  private ExperimentSettings settings(List<CandidateScorer> scorers, List<Blend> blends) {
    return firstStage.settings(
        split, scorers, blends, Measure.parseList(measures), ComparisonSettings.seeded(seed));
  }
}
