/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.stillrank.testing.SharedFiles.project;
import static org.stillrank.testing.SharedFiles.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.SmallCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.rerank.ClauseTotal;
import org.stillrank.bench.rerank.Interpolation;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;

class BenchExperimentTest {
  @TempDir Path folder;
  private SmallCollection small;

  @BeforeEach
  void smallCollection() throws IOException {
    small = SmallCollection.in(folder.resolve("small"));
    small.document("cat", "Cats", "running cats").document("dog", "", "A dog's life");
    small.query("1", "cat").query("2", "dog").query("3", "not judged");
    small.judgement("1", "cat", 1).judgement("2", "dog", 2);
  }

  @Test
  void firstStageFromAFileIsCutAtTheHitsAndKeepsItsName() throws IOException {
    ExperimentResult result = run(runFile("1 Q0 dog 1 9 dense\n1 Q0 cat 2 8 dense\n"), 1);
    assertThat(result.runs()).extracting(Run::tag).containsExactly("dense");
    assertThat(result.runs().getFirst().ranking("1")).hasSize(1);
    assertThat(result.report().comparisons()).isEmpty();
    Measure measure = Measure.parse("nDCG@10");
    assertThat(result.report().baseline().evaluation().mean(measure)).isZero();
  }

  @Test
  void refusesARunOfAnotherCollection() throws IOException {
    Path documents = runFile("1 Q0 stranger 1 9 dense\n");
    assertThatThrownBy(() -> run(documents, 10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "["
                + documents
                + "] names the document [stranger], which the collection [small] has not; give a"
                + " run of this collection");
    Path topics = runFile("99 Q0 cat 1 9 dense\n");
    assertThatThrownBy(() -> run(topics, 10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("names the topic [99], which the collection [small] has not");
  }

  @Test
  void refusesJudgementsOfAbsentDocuments() throws IOException {
    small.judgement("2", "gone", 1);
    for (@Nullable Path first : new Path[] {null, runFile("1 Q0 cat 1 9 dense\n")}) {
      assertThatThrownBy(() -> run(first, 10))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("the qrels name [1] documents that [")
          .hasMessageContaining("the first [gone] for the topic [2]; remove those lines or");
    }
  }

  @Test
  void refusesCountsBelowOne() {
    assertThatThrownBy(() -> run(null, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("hits [0]: give 1 or more");
  }

  @Test
  void aMissingModelIsToldBeforeAnythingIsIndexed() {
    Path missing = folder.resolve("no-model");
    assertThatThrownBy(() -> settings(small.folder(), null, 10, List.of(missing)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[" + missing);
    assertThat(folder.resolve("indexes")).doesNotExist();
  }

  @Test
  void aModelReordersAndIsReportedAloneAndInterpolated() throws IOException {
    Path folderOfModel = project("reranker/src/test/resources/models/bert-one-output");
    ExperimentSettings alone = settings(shared("data/adi"), null, 1000, List.of(folderOfModel));
    ExperimentSettings both =
        new ExperimentSettings(
            alone.data(),
            alone.split(),
            alone.hits(),
            20,
            alone.models(),
            List.of(new Interpolation(0.3), new ClauseTotal(ClauseTotal.Mode.TOTAL, 0.1)),
            null,
            alone.measures(),
            alone.comparison(),
            alone.indexHome());
    ExperimentResult result = BenchExperiment.run(both, Progress.silent());
    assertThat(result.runs())
        .extracting(Run::tag)
        .containsExactly(
            "bm25",
            "bert-one-output",
            "bert-one-output+bm25@0.3",
            "total(bert-one-output,0.1xbm25)");
    assertThat(result.report().comparisons()).hasSize(3 * 2);

    BeirCollection adi = BeirCollection.open(alone.data());
    Topic topic = adi.topics("test").getFirst();
    Run first = result.runs().get(0);
    Run reranked = result.runs().get(1);
    List<ScoredDocument> top = reranked.ranking(topic.id()).subList(0, 20);
    assertThat(ids(top)).containsExactlyInAnyOrderElementsOf(ids(first, topic, 0, 20));
    assertThat(ids(reranked, topic, 20, 30)).isEqualTo(ids(first, topic, 20, 30));
    Map<String, Document> documents = adi.documents(Set.copyOf(ids(top)));
    try (CrossEncoder model =
        CrossEncoder.open(ModelBundle.open(folderOfModel), ScoringOptions.defaults())) {
      for (ScoredDocument hit : top) {
        String passage = documents.get(hit.docId()).passage();
        float[] logit = model.score(topic.text(), List.of(passage), Cancellation.NONE);
        assertThat(hit.score()).isCloseTo(logit[0], within(1e-5));
      }
    }
  }

  @Test
  void refusesTwoSystemsOfOneName() throws IOException {
    Path model = project("reranker/src/test/resources/models/bert-one-output");
    assertThatThrownBy(() ->
            BenchExperiment.run(
                settings(small.folder(), null, 10, List.of(model, model)), Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("two systems are called [bert-one-output]");
  }

  @Test
  void refusesANameThatRunFilesCannotHold() throws IOException {
    Path model = Files.createDirectory(folder.resolve("my model"));
    Path source = project("reranker/src/test/resources/models/bert-one-output");
    for (String file : List.of("config.json", "model.onnx", "tokenizer.json")) {
      Files.copy(source.resolve(file), model.resolve(file));
    }
    assertThatThrownBy(() ->
            BenchExperiment.run(
                settings(small.folder(), null, 10, List.of(model)), Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("the system [my model] has a space in its name");
  }

  @Test
  void sciFactHasAnserinisFigure() throws IOException {
    ExperimentSettings settings = settings(shared("data/scifact"), null, 1000, List.of());
    ExperimentResult result = BenchExperiment.run(settings, Progress.silent());
    Path out = folder.resolve("out");
    ExperimentFiles.write(out, result, List.of());
    assertThat(ExperimentTable.of(result))
        .startsWith("scifact, test split\n")
        .contains("300 topics")
        .containsPattern("nDCG@10 +bm25 +0\\.6789")
        .containsPattern("R@100 +bm25 +0\\.9253");
    assertThat(RunFile.read(out.resolve("bm25.run")).topics()).hasSize(300);
    assertThat(Files.readAllLines(out.resolve("per-query.tsv"))).hasSize(1 + 2 * 300);
  }

  private ExperimentResult run(@Nullable Path firstStage, int hits) throws IOException {
    return BenchExperiment.run(
        settings(small.folder(), firstStage, hits, List.of()), Progress.silent());
  }

  private ExperimentSettings settings(
      Path data, @Nullable Path firstStage, int hits, List<Path> models) throws IOException {
    List<CandidateScorer> scorers = new ArrayList<>();
    for (Path model : models) {
      scorers.add(LocalModel.in(model, Passages.beginning()));
    }
    return new ExperimentSettings(
        data,
        "test",
        hits,
        100,
        scorers,
        List.of(),
        firstStage,
        Measure.parseList("nDCG@10,R@100"),
        ComparisonSettings.seeded(1),
        folder.resolve("indexes"));
  }

  private static List<String> ids(Run run, Topic topic, int from, int to) {
    return ids(run.ranking(topic.id()).subList(from, to));
  }

  private static List<String> ids(List<ScoredDocument> hits) {
    return hits.stream().map(ScoredDocument::docId).toList();
  }

  private Path runFile(String lines) throws IOException {
    return Files.writeString(folder.resolve("first.run"), lines);
  }
}
