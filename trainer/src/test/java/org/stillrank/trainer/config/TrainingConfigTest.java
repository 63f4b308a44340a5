/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.encoder.Precision;
import org.stillrank.trainer.objective.AdrMse;
import org.stillrank.trainer.objective.Bce;
import org.stillrank.trainer.objective.Bixse;
import org.stillrank.trainer.objective.Discount;
import org.stillrank.trainer.objective.DistillRankNet;
import org.stillrank.trainer.objective.Hinge;
import org.stillrank.trainer.objective.InfoNce;
import org.stillrank.trainer.objective.MarginMse;
import org.stillrank.trainer.objective.Objective;
import org.stillrank.trainer.objective.PlackettLuce;
import org.stillrank.trainer.objective.Relevance;

class TrainingConfigTest {
  @TempDir private Path folder;
  private String good = "";

  @BeforeEach
  void aWholeConfig() throws IOException {
    good = Files.readString(SharedFiles.project("trainer/src/test/resources/config.yaml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"minilm-l6", "base-excerpts", "small-whole", "small"})
  void readsTheOtherConfigsOfShippedModels(String name) {
    TrainingConfig config =
        TrainingConfig.read(SharedFiles.project("config/experiments/" + name + ".yaml"));

    assertThat(name).startsWith(config.name());
    assertThat(config.neverNear()).hasSize(10);
  }

  @Test
  void readsTheConfigOfTheShippedModel() {
    TrainingConfig config =
        TrainingConfig.read(SharedFiles.project("config/experiments/base.yaml"));

    assertThat(config.name()).isEqualTo("base");
    assertThat(config.start().coordinate()).endsWith("!bge-small-en-v1.5.onnx");
    assertThat(config.sources())
        .extracting(Source::label)
        .contains("scifact/train", "scifact/title");
    assertThat(config.objectives())
        .extracting(ObjectiveTerm::kind)
        .contains(ObjectiveTerm.Kind.INFONCE);
    assertThat(config.optimisation().learningRate()).isEqualTo(5e-5);
    assertThat(config.optimisation().precision()).isEqualTo(Precision.BFLOAT16);
    assertThat(config.neverNear()).contains(new NeverNear("scifact", "test"));
    assertThat(config.export()).isEqualTo(ExportWeights.INT8_PER_ROW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "max_length: 192 | max_lenght: 192 | unknown key [max_lenght]; valid keys here are [name, start, start_layers, max_length",
        "warmup: 0.1 | warm_up: 0.1 | unknown key [optimisation.warm_up]; valid keys here are [learning_rate, warmup",
        "seed: 12 | seed: twelve | [optimisation.seed] is [\"twelve\"], not a whole number",
        "seed: 12 | seed: 1.5 | [optimisation.seed] is [1.5], not a whole number",
        "threads: 2 | threads: 0 | [threads] is [0]; it must be at least 1",
        "threads: 2 | threads: 99999999999 | [threads] is [99999999999], not a whole number",
        "max_length: 192 | max_length: 20 | [max_length] is [20]; it must be at least 69",
        "clip: 1.0 | clip: | [optimisation.clip] is missing; add it",
        "epochs: 1.0 | steps: 5\\n  epochs: 1.0 | optimisation: give either [steps] or [epochs]",
        "learning_rate: 6.0e-5 | learning_rate: -1 | optimisation: [learning_rate] is [-1.0]; it must be above 0",
        "pooling: cls | pooling: max | [teacher.bi_encoders[0].pooling] is [\"max\"], not one of [cls, mean]",
        "{kind: infonce, weight: 1.0} | {kind: lambda, weight: 1.0} | [objectives[0].kind] is [\"lambda\"], not one of [bce, hinge, infonce, margin-mse, distill-ranknet, adr-mse, pld, bixse]",
        "{kind: margin-mse, weight: 0.05} | {kind: margin-mse, weight: 0.05, temperature: 2} | objectives[1]: [temperature] is only for kind infonce, distill-ranknet, adr-mse, bixse, not for [margin-mse]; remove it",
        "{kind: margin-mse, weight: 0.05} | {kind: bce, weight: 0.05, margin: 2} | objectives[1]: [margin] is only for kind hinge, not for [bce]; remove it",
        "{kind: margin-mse, weight: 0.05} | {kind: hinge, weight: 0.05, margin: 0} | objectives[1]: [margin] is [0.0]; it must be above 0",
        "{kind: margin-mse, weight: 0.05} | {kind: pld, weight: 0.05, discount: log2} | objectives[1]: [discount] is only for kind adr-mse, not for [pld]; remove it",
        "{kind: margin-mse, weight: 0.05} | {kind: adr-mse, weight: 0.05, discount: ln} | [objectives[1].discount] is [\"ln\"], not one of [log2, reciprocal, none]",
        "{kind: margin-mse, weight: 0.05} | {kind: bixse, weight: 0.05, highest_grade: 0} | objectives[1]: [highest_grade] is [0]; it must be at least 1",
        "{kind: margin-mse, weight: 0.05} | {kind: bixse, weight: 0.05, highest_grade: 3, temperature: 2} | objectives[1]: [temperature] is of the teacher's scores",
        "{kind: margin-mse, weight: 0.05} | {kind: infonce, weight: 0.05, highest_grade: 3} | objectives[1]: [highest_grade] is only for kind bixse",
        "retrievers: [bm25, bge] | retrievers: [bm25, e5] | [retrievers] of the source [pubmedqa-l/train] has [e5]; known are [bm25, bge], and run:FILE",
        "retrievers: [bm25, bge] | retrievers: bm25 | [sources[2].retrievers] is [\"bm25\"], not a list",
        "max_queries: 2500 | excerpts: {titles: 0.5, windows: 0.6, words: 60, lead: 16} | sources[3].excerpts: [titles] of [0.5] and [windows] of [0.6] are more than 1 together",
        "max_queries: 2500 | excerpts: {titles: 0.5, windows: -0.1, words: 60, lead: 16} | sources[3].excerpts: [windows] is [-0.1]; it must be from 0 to 1",
        "max_queries: 2500 | excerpts: {titles: 0.5, windows: 0.5, words: 16, lead: 16} | sources[3].excerpts: [words] is [16]; it must be at least 17",
        "accumulation: 1 | accumulation: 3 | [accumulation] is [3]; it must divide queries_per_step [8]",
        "name: minilm-l6 | name: Mini LM | [name] is [Mini LM]; use lower-case letters",
        "sha256: 759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e\\n  licence | sha256: 759c\\n  licence | start: [sha256] is [759c]; give the 64",
        "collection: medquad | collection: medquad\\n    collection: scifact | no valid YAML",
        "queries: 150 | queries: [150 | no valid YAML",
        "split: train\\n  queries | split: dev\\n  queries | names the collection [scifact] with the split [dev], which no judged source has",
        "measure: nDCG@10 | measure: NDCG@10 | validation: measure [NDCG@10] is not known; use one of nDCG, nDCG@k",
        "every: 250 | every: 250\\n  patience: 0 | validation: [patience] is [0]; it must be at least 1",
        "every: 250 | evry: 250 | unknown key [validation.evry]; valid keys here are [collection, split, queries, depth, seed, every, measure, patience] or [folders, every, measure, patience]",
        "collection: scifact\\n  split: train\\n  queries: 150\\n  depth: 50 | folders: [] | validation: [folders] is empty; name at least one",
        "collection: scifact\\n  split: train\\n  queries: 150\\n  depth: 50 | folders: fiqa | [validation.folders] is [\"fiqa\"], not a list",
        "collection: scifact\\n  split: train\\n  queries: 150\\n  depth: 50 | folders: [{collection: fiqa, spilt: dev}] | unknown key [validation.folders[0].spilt]; valid keys here are [collection, split, run, queries, depth]",
        "collection: scifact\\n  split: train\\n  queries: 150\\n  depth: 50 | folders: [{collection: fiqa, split: dev, depth: 1}] | validation.folders[0]: [depth] is [1]; it must be at least 2",
        "collection: scifact\\n  split: train\\n  queries: 150\\n  depth: 50 | folders: [{collection: fiqa, split: dev, queries: 0}] | validation.folders[0]: [queries] is [0]; it must be at least 1",
        "collection: scifact\\n  split: train\\n  queries: 150\\n  depth: 50 | folders: [{collection: fiqa, split: dev}, {collection: /beir/fiqa, split: dev}] | validation: [folders] has [fiqa/dev] twice",
        "collection: scifact\\n  split: train\\n  queries: 150\\n  depth: 50 | folders: [{collection: scifact, split: train}] | [validation.folders] has [scifact/train], which is a source of training; name another split",
        "collection: scifact\\n  split: train\\n  queries: 150\\n  depth: 50 | folders: [{collection: nfcorpus, split: test}] | [validation.folders] has [nfcorpus/test], and so has [never_near]; test queries must not choose",
        "split: train\\n  queries: 150 | split: train\\n  folders: []\\n  queries: 150 | unknown key [validation.folders]",
        "dropout: 0.1 | dropout: 0.1\\n  activations: dropped | [optimisation.activations] is [\"dropped\"], not one of [kept, recomputed]",
      })
  void refusesWithTheFileAndTheField(String part, String instead, String message)
      throws IOException {
    String from = part.replace("\\n", "\n");
    assertThat(good).contains(from);

    assertThatThrownBy(() ->
            read(
                good.replaceFirst(
                    Pattern.quote(from), Matcher.quoteReplacement(instead.replace("\\n", "\n")))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("config.yaml")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @MethodSource("terms")
  void readsEveryObjective(String written, Objective objective) throws IOException {
    String yaml = good.replace("{kind: infonce, weight: 1.0}", "{" + written + ", weight: 2}");
    assertThat(read(yaml).objectives().getFirst().objective()).isEqualTo(objective);
  }

  static Stream<Arguments> terms() {
    return Stream.of(
        Arguments.of("kind: bce", new Bce()),
        Arguments.of("kind: hinge", new Hinge(1)),
        Arguments.of("kind: hinge, margin: 0.5", new Hinge(0.5)),
        Arguments.of("kind: infonce", new InfoNce(1)),
        Arguments.of("kind: infonce, temperature: 0.05", new InfoNce(0.05)),
        Arguments.of("kind: margin-mse", new MarginMse()),
        Arguments.of("kind: distill-ranknet, temperature: 2", new DistillRankNet(2)),
        Arguments.of("kind: adr-mse", new AdrMse(1, Discount.LOG2)),
        Arguments.of(
            "kind: adr-mse, temperature: 2, discount: reciprocal",
            new AdrMse(2, Discount.RECIPROCAL)),
        Arguments.of("kind: adr-mse, discount: none", new AdrMse(1, Discount.NONE)),
        Arguments.of("kind: pld", new PlackettLuce()),
        Arguments.of("kind: bixse, temperature: 3", new Bixse(new Relevance.OfTeacher(3))),
        Arguments.of("kind: bixse, highest_grade: 3", new Bixse(new Relevance.OfGrade(3))));
  }

  @Test
  void readsFoldersThatValidate() throws IOException {
    String yaml =
        good.replace(
                "collection: scifact\n  split: train\n  queries: 150\n  depth: 50",
                "folders:\n"
                    + "    - {collection: nfcorpus, split: dev}\n"
                    + "    - {collection: nano/fiqa, split: dev, run: splade.run.gz, queries: 9, depth: 20}")
            .replace("measure: nDCG@10", "measure: nDCG\n  patience: 3");
    assertThat(read(yaml).validation())
        .isEqualTo(
            new Validation.Folders(
                List.of(
                    new Validation.Folder("nfcorpus", "dev", null, null, null),
                    new Validation.Folder("nano/fiqa", "dev", "splade.run.gz", 9, 20)),
                250,
                "nDCG",
                3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"margin-mse", "distill-ranknet", "adr-mse", "pld", "bixse"})
  void refusesObjectivesThatNeedATeacherWhenThereIsNone(String kind) {
    String withoutTeacher =
        good.replaceAll("(?s)\nteacher:.*?\nnever_near:", "\nnever_near:")
            .replace("[bm25, bge]", "[bm25]");
    assertThatCode(() -> read(withoutTeacher.replace("margin-mse", "bce")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> read(withoutTeacher.replace("margin-mse", kind)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "[objectives] name [" + kind + "], which learns from a teacher's scores",
            "there is no [teacher]; add one");
  }

  @Test
  void refusesAMissingFile() {
    Path missing = folder.resolve("nowhere.yaml");

    assertThatThrownBy(() -> TrainingConfig.read(missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere.yaml] is no file");
  }

  @Test
  void valuesAreChangedByTheirKeys() throws IOException {
    TrainingConfig plain = read(good);
    TrainingConfig changed =
        read(
            good,
            "optimisation.steps=7",
            "optimisation.epochs=",
            "name=other",
            "start_layers=[0, 2]",
            "objectives=[{kind: infonce, weight: 2}]");
    assertThat(changed.optimisation().steps()).isEqualTo(7);
    assertThat(changed.optimisation().epochs()).isNull();
    assertThat(changed.name()).isEqualTo("other");
    assertThat(changed.startLayers()).containsExactly(0, 2);
    assertThat(changed.objectives()).extracting(ObjectiveTerm::weight).containsExactly(2.0);
    assertThat(changed.sources()).isEqualTo(plain.sources());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps|the change [steps] is no KEY=VALUE; write for example optimisation.steps=400",
        "=7|the change [=7] is no KEY=VALUE",
        "optimisation.steps=[7|the change [optimisation.steps=[7] gives no valid YAML",
        "optimisation.step=7|unknown key [optimisation.step]; valid keys here are",
        "name.first=7|the change of [name.first] finds no mapping to change there",
        "optimisation.steps=seven|[optimisation.steps] is ["
      })
  void changesThatCannotBeAreRefused(String change, String message) {
    assertThatThrownBy(() -> read(good, change))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aRunFileHasNoScoresOfExcerpts() {
    String excerpts =
        "\n    excerpts: {titles: 0.5, windows: 0.5, words: 60, lead: 16}\n    begins";
    String judged = good.replaceFirst("(collection: pubmedqa-l[^-]*)\n    begins", "$1" + excerpts);
    String taught =
        judged.replace(
            "run_files: []", "run_files: [{file: a.run, collection: pubmedqa-l, weight: 1.0}]");
    assertThat(taught).contains("a.run").contains("titles: 0.5");

    assertThatThrownBy(() -> read(taught))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "the source [pubmedqa-l/train] has [excerpts], and [teacher.run_files] have scores of"
                + " its whole documents");
  }

  @Test
  void titlesHaveNoSplit() {
    assertThatThrownBy(() ->
            new Source(
                Source.Kind.TITLE,
                "scifact",
                "train",
                List.of("bm25"),
                "x",
                1,
                null,
                null,
                null,
                0,
                1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[split] is [train]; only kind judged has qrels");
  }

  private TrainingConfig read(String yaml, String... changes) throws IOException {
    Path file = folder.resolve("config.yaml");
    Files.writeString(file, yaml);
    return TrainingConfig.read(file, List.of(changes));
  }
}
