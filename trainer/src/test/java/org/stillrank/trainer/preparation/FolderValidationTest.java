/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.Judgements;
import org.stillrank.trainer.example.Preparation.FolderReport;
import org.stillrank.trainer.example.Preparation.SourceReport;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.example.TrainingSet;

class FolderValidationTest {
  private static final String HELD_OUT = "collection: tiny, split: train, queries: 2, depth: 8";

  @TempDir private Path home;
  private Path folder;

  /** Its first query is a training query but for punctuation; BM25 finds nothing for the last. */
  @BeforeEach
  void aFolder() throws IOException {
    folder = Files.createDirectories(home.resolve("beir/mine"));
    Files.copy(TinyConfig.dataHome().resolve("tiny/corpus.jsonl"), folder.resolve("corpus.jsonl"));
    Files.writeString(
        folder.resolve("queries.jsonl"),
        """
        {"_id": "v1", "text": "Coffee makes reactions faster -- in a study!"}
        {"_id": "v2", "text": "do bats see in caves"}
        {"_id": "v3", "text": "zzzz"}
        {"_id": "v4", "text": "nobody judged this"}
        """);
    qrels("v1 d8 1", "v1 d1 0", "v2 d5 2", "v2 d6 1", "v3 d1 1");
  }

  @Test
  void queriesComeWithAllJudgementsAndAreNotTrainedOn() throws IOException {
    TrainingSet set = prepare("{collection: FOLDER, split: dev, depth: 2}");

    assertThat(set.validation())
        .extracting(TrainingList::source, TrainingList::topicId)
        .containsExactly(tuple("mine/dev", "v1"), tuple("mine/dev", "v2"));
    TrainingList coffee = set.validation().getFirst();
    assertThat(coffee.candidates()).hasSize(2);
    assertThat(coffee.candidates().getFirst().documentId()).isEqualTo("d8");
    assertThat(coffee.grades()).containsExactly(1, 0);
    assertThat(set.judgements())
        .containsExactly(
            new Judgements("mine/dev", "v1", Map.of("d8", 1, "d1", 0)),
            new Judgements("mine/dev", "v2", Map.of("d5", 2, "d6", 1)),
            new Judgements("mine/dev", "v3", Map.of("d1", 1)));
    assertThat(set.preparation().folders())
        .containsExactly(new FolderReport("mine/dev", 3, 0, 3, 1));
    assertThat(set.preparation().validationQueries()).isEqualTo(2);
    SourceReport judged = set.preparation().sources().getFirst();
    assertThat(judged.nearHeldOut()).isEqualTo(1);
    assertThat(judged.heldOut()).isZero();
    assertThat(set.training())
        .extracting(TrainingList::topicId)
        .contains("t1")
        .doesNotContain("t9");
    assertThat(TrainingSet.read(home.resolve("set"))).isEqualTo(set);
  }

  @Test
  void runFilesGiveTheFirstCandidatesInTheirOrder() throws IOException {
    Path run = run("v1 Q0 d3 1 9 r", "v1 Q0 d8 2 8 r", "v1 Q0 d1 3 7 r", "other Q0 d1 1 1 r");
    String config = "{collection: FOLDER, split: dev, run: " + run + ", depth: 2}";
    TrainingSet set = prepare(config);

    assertThat(set.validation()).hasSize(1);
    assertThat(set.validation().getFirst().candidates())
        .extracting(Candidate::documentId)
        .containsExactly("d3", "d8");
    assertThat(set.preparation().folders())
        .containsExactly(new FolderReport("mine/dev", 3, 0, 3, 2));

    // The same file name with other candidates is another set.
    run("v1 Q0 d4 1 9 r");
    assertThat(prepare(config).validation().getFirst().candidates())
        .extracting(Candidate::documentId)
        .containsExactly("d4");
  }

  @Test
  void theSameQueriesAreDrawnForEverySeed() throws IOException {
    String config = "{collection: FOLDER, split: dev, queries: 2}";
    TrainingSet set = prepare(config);
    assertThat(set.judgements()).hasSize(2);
    TrainingSet other = prepare(TinyConfig.yaml().replace("seed: 12", "seed: 13"), config);
    assertThat(other.training()).isNotEqualTo(set.training());
    assertThat(other.judgements()).isEqualTo(set.judgements());
  }

  @Test
  void testQueriesChooseNothing() throws IOException {
    Files.writeString(
        folder.resolve("queries.jsonl"),
        """
        {"_id": "v1", "text": "zinc lozenges shorten a cold in a study"}
        {"_id": "v2", "text": "do bats see in caves"}
        """);
    qrels("v1 d2 1", "v2 d5 1");
    TrainingSet set = prepare("{collection: FOLDER, split: dev}");
    assertThat(set.judgements()).extracting(Judgements::topicId).containsExactly("v2");
    assertThat(set.preparation().folders())
        .containsExactly(new FolderReport("mine/dev", 2, 1, 1, 0));

    qrels("v1 d2 1");
    assertRefused("{collection: FOLDER, split: dev}")
        .hasMessageContainingAll("every query of [mine/dev]", "one of [never_near]", "validate on");
  }

  @Test
  void aSourceOfWhichNothingIsLeftIsRefused() throws IOException {
    Path tiny = TinyConfig.dataHome().resolve("tiny");
    Files.copy(
        tiny.resolve("queries.jsonl"),
        folder.resolve("queries.jsonl"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.copy(tiny.resolve("qrels/train.tsv"), folder.resolve("qrels/train.tsv"));
    assertRefused("{collection: FOLDER, split: train}")
        .hasMessageContainingAll("every query of the source [tiny/train]", "one of [validation]");
  }

  @Test
  void filesThatDoNotBelongTogetherAreRefused() throws IOException {
    Path run = run("v1 Q0 gone 1 9 r");
    String withRun = "{collection: FOLDER, split: dev, run: " + run + "}";
    assertRefused(withRun)
        .hasMessageContainingAll("the document [gone] is not in", "mine/corpus.jsonl");
    run("w1 Q0 d1 1 9 r");
    assertRefused(withRun)
        .hasMessageContainingAll(
            "their.run] has no hits for any of the [3] queries of [mine/dev]",
            "give a run of this");
    run("v1 Q0 d1 1 NaN r");
    assertRefused(withRun).hasMessageContainingAll("their.run:1", "NaN");
    Files.delete(run);
    assertRefused(withRun).hasMessageContainingAll("their.run] is not there; check its path");
    qrels("v1 gone 1");
    assertRefused("{collection: FOLDER, split: dev}").hasMessageContaining("the document [gone]");
    assertRefused("{collection: FOLDER, split: test}")
        .hasMessageContaining("splits at hand: [dev]");
    assertRefused("{collection: nowhere, split: dev}").hasMessageContaining("is not a folder");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String config) {
    AbstractThrowableAssert<?, ? extends Throwable> refusal =
        assertThatThrownBy(() -> prepare(TinyConfig.yaml(), config, home.resolve("refused")))
            .isInstanceOf(InvalidInputException.class);
    assertThat(home.resolve("refused")).doesNotExist();
    return refusal;
  }

  private void qrels(String... lines) throws IOException {
    Files.createDirectories(folder.resolve("qrels"));
    Files.writeString(
        folder.resolve("qrels/dev.tsv"),
        "query-id\tcorpus-id\tscore\n" + String.join("\n", lines).replace(' ', '\t') + "\n");
  }

  private Path run(String... lines) throws IOException {
    return Files.write(home.resolve("their.run"), List.of(lines));
  }

  private TrainingSet prepare(String config) throws IOException {
    return prepare(TinyConfig.yaml(), config);
  }

  private TrainingSet prepare(String yaml, String config) throws IOException {
    return prepare(yaml, config, home.resolve("set"));
  }

  private TrainingSet prepare(String yaml, String config, Path to) throws IOException {
    Path file = home.resolve("config.yaml");
    assertThat(yaml).contains(HELD_OUT);
    Files.writeString(
        file,
        yaml.replace(HELD_OUT, "folders: [" + config.replace("FOLDER", folder.toString()) + "]"));
    return TrainingData.prepare(
        TrainingConfig.read(file),
        TinyConfig.dataHome(),
        home.resolve("indexes"),
        to,
        Progress.silent());
  }
}
