/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.SmallCollection;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.OtherSeparator;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.Scored;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.reranker.scoring.ScoringRequest;
import org.stillrank.reranker.scoring.TokenLimit;

/** A model is shown title and text joined as its bundle says, which is how a server shows them. */
class JoinedFieldsTest {
  private static final String SEPARATOR = " ships wait for ";
  private static final String JOINED = "Cats ships wait for running cats";

  @TempDir private Path folder;
  private SmallCollection small;
  private ModelBundle model;

  @BeforeEach
  void aCollectionAndAModel() throws IOException {
    small = SmallCollection.in(folder.resolve("small"));
    small.document("cat", "Cats", "running cats").query("1", "cat").judgement("1", "cat", 1);
    model = OtherSeparator.tiny(folder.resolve("model"), SEPARATOR);
  }

  @Test
  void aRunScoresThem() throws IOException {
    LocalModel scorer = new LocalModel(model, Passages.beginning());
    Run reranked =
        BenchExperiment.run(settings(List.of(scorer)), Progress.silent()).runs().getLast();
    double score = reranked.ranking("1").getFirst().score();
    assertThat(score)
        .isCloseTo(scored(JOINED).logits()[0], within(1e-5))
        .isNotCloseTo(scored("Cats running cats").logits()[0], within(1e-3));
  }

  @Test
  void waysToReadAreComparedOnThem() throws IOException {
    PassageResult result =
        PassageExperiment.run(
            settings(List.of()),
            model,
            List.of(Passages.beginning()),
            topic -> true,
            Integer.MAX_VALUE,
            Progress.silent());
    assertThat(result.ways().getFirst().tokensOfAQuery())
        .isEqualTo((double) scored(JOINED).tokens());
  }

  @Test
  void speedIsMeasuredOnThem() throws IOException {
    SpeedWorkload workload =
        SpeedWorkload.of(
            small.open(),
            "test",
            10,
            10,
            model.separator(),
            folder.resolve("indexes"),
            Progress.silent());
    assertThat(workload.requests())
        .containsExactly(new SpeedWorkload.Request("cat", List.of(JOINED)));
  }

  private Scored scored(String text) throws IOException {
    ScoringRequest request =
        ScoringRequest.of("cat", List.of(text), Passages.beginning(), TokenLimit.none());
    try (CrossEncoder encoder = CrossEncoder.open(model, ScoringOptions.defaults())) {
      return encoder.measured(request, Cancellation.NONE);
    }
  }

  private ExperimentSettings settings(List<CandidateScorer> models) {
    return new ExperimentSettings(
        small.folder(),
        "test",
        10,
        10,
        models,
        List.of(),
        null,
        List.of(Measure.parse("nDCG@10")),
        ComparisonSettings.seeded(1),
        folder.resolve("indexes"));
  }
}
