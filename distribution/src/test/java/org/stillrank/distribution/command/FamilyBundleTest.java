/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.distribution.Main;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.ConfigJson;
import org.stillrank.trainer.tokenizer.TokenizerFiles;
import org.stillrank.trainer.weights.FreshWeights;
import org.stillrank.trainer.weights.SafetensorsFile;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** From a folder of random weights through training and export to a reranked collection. */
class FamilyBundleTest {
  private static final int VOCABULARY = 1500;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "bert, wordpiece, fp32",
    "roberta, bytelevel, int8-weights",
    "electra-projected, wordpiece, int8-weights",
    "deberta-v3, unigram, fp32",
    "modernbert-cls, bytelevel, fp32"
  })
  void aTrainedBundleOfEveryFamilyReranks(String backbone, String vocabulary, String export)
      throws IOException {
    start(backbone, vocabulary);
    assertThat(execute("train", "run", config(export).toString(), "--data-home", home().toString()))
        .as(err::toString)
        .isZero();
    assertThat(
            execute(
                "bench",
                "run",
                "--data",
                home().resolve("tiny").toString(),
                "--model",
                folder.resolve("run/bundle").toString(),
                "--out",
                folder.resolve("out").toString()))
        .as(err::toString)
        .isZero();
    assertThat(out.toString()).contains("tiny, test split", "3 topics", "bm25", "family");
    Run first = RunFile.read(folder.resolve("out/bm25.run"));
    Run reranked = RunFile.read(folder.resolve("out/family.run"));
    assertThat(reranked.topics()).isEqualTo(first.topics()).hasSize(3);
    for (String topic : first.topics()) {
      Set<String> candidates = documents(first, topic);
      assertThat(documents(reranked, topic)).isEqualTo(candidates).hasSizeGreaterThan(2);
    }
    assertThat(Files.readString(folder.resolve("out/family.run")))
        .isNotEqualTo(Files.readString(folder.resolve("out/bm25.run")));
  }

  private static Set<String> documents(Run run, String topic) {
    return run.ranking(topic).stream().map(ScoredDocument::docId).collect(Collectors.toSet());
  }

  /** A folder as published ones are, but random and small. */
  private void start(String backbone, String vocabulary) throws IOException {
    Path start = Files.createDirectory(folder.resolve("start"));
    try (Stream<Path> files = Files.list(home().resolve("tokenizers").resolve(vocabulary))) {
      for (Path file : files.toList()) {
        Files.copy(file, start.resolve(file.getFileName()));
      }
    }
    TokenizerFiles.json(start, start.resolve("tokenizer.json"));
    Path theirs = home().resolve("backbones").resolve(backbone).resolve("config.json");
    ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(theirs);
    config.put("vocab_size", VOCABULARY);
    // Logits all alike would order nothing.
    config.put("initializer_range", 0.2);
    Path file = Files.writeString(start.resolve("config.json"), config.toString());
    Architecture architecture = ConfigJson.read(file);
    AtomicOutput.file(
        start.resolve("model.safetensors"),
        to -> SafetensorsFile.write(to, FreshWeights.network(architecture, 1)));
  }

  private static Path home() {
    return SharedFiles.project("trainer/src/test/resources");
  }

  private Path config(String export) throws IOException {
    return Files.writeString(
        folder.resolve("config.yaml"),
        """
        name: family
        start: {location: FOLDER/start, licence: Apache-2.0}
        max_length: 48
        max_query_length: 24
        sources:
          - {kind: judged, collection: tiny, split: train, retrievers: [bm25], licence: ours, lists_per_query: 2, begins: 0.0, ends: 1.0}
        candidates: {depth: 8, negatives: 3, hardest: 1.0, false_negative_margin: 0.5}
        teacher: {bi_encoders: [], bm25_weight: 1.0, run_files: []}
        never_near:
          - {collection: tiny, split: test}
        objectives:
          - {kind: infonce, weight: 1.0}
        optimisation: {learning_rate: 1.0e-3, warmup: 0.1, steps: 4, queries_per_step: 2, documents_per_query: 4, accumulation: 1, clip: 1.0, weight_decay: 0.01, dropout: 0.1, seed: 12}
        validation: {collection: tiny, split: train, queries: 2, depth: 8, every: 4, measure: nDCG@10}
        checkpoint_every: 4
        threads: 1
        output: FOLDER/run
        export: EXPORT
        """
            .replace("FOLDER", folder.toString())
            .replace("EXPORT", export));
  }

  private int execute(String command, String subcommand, String... more) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    List<String> indexes = List.of("--index-home", folder.resolve("indexes").toString());
    return line.execute(
        Stream.of(List.of(command, subcommand), List.of(more), indexes)
            .flatMap(List::stream)
            .toArray(String[]::new));
  }
}
