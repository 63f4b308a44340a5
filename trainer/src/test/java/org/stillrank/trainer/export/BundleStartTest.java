/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.Provenance;
import org.stillrank.reranker.bundle.Quantisation;
import org.stillrank.reranker.bundle.ScoreActivation;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.TinyFamily;
import org.stillrank.trainer.onnx.ModelProto;
import org.stillrank.trainer.onnx.TensorProto;
import org.stillrank.trainer.weights.StartWeights;

/** What a training that starts from a bundle begins with; the oracle is ONNX Runtime's answer. */
class BundleStartTest {
  private static final String QUERY = "does yeast raise bread";
  private static final List<String> PASSAGES =
      List.of(
          "Yeast turns sugar into gas, and the dough holds it.",
          "Bread rises while it rests in a warm place, since yeast is alive.",
          "Bread dearer after a bad harvest",
          "The harbour freezes in winter.",
          "Bread");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = TinyFamily.class,
      names = {"BERT", "ROBERTA", "ELECTRA"})
  void aFileGivesTheNetworkThatTheRuntimeComputes(TinyFamily family) throws IOException {
    assertSameLogits(export(family, Quantisation.NONE), Agreement.EXACT);
    assertSameLogits(export(family, Quantisation.FP16), Agreement.NEAR);
    assertSameLogits(export(family, Quantisation.INT8_WEIGHTS), Agreement.EXACT);
  }

  @Test
  void whatFollowsAGeluIsCountedFromItsLowestValueOn() throws IOException {
    ModelBundle bundle = export(TinyFamily.BERT, Quantisation.INT8_PER_ROW);

    assertSameLogits(bundle, Agreement.CLOSE);
    List<String> offsets =
        ModelProto.parseFrom(Files.readAllBytes(bundle.onnxFile()))
            .getGraph()
            .getInitializerList()
            .stream()
            .map(TensorProto::getName)
            .filter(name -> name.endsWith(".offset"))
            .toList();
    assertThat(offsets)
        .containsExactlyInAnyOrder(
            "bert.encoder.layer.0.output.dense.weight.offset",
            "bert.encoder.layer.1.output.dense.weight.offset");
  }

  @Test
  void aBundleTellsWhatRoundingCosts() throws IOException {
    double whole = difference(export(TinyFamily.BERT, Quantisation.NONE));
    double weights = difference(export(TinyFamily.BERT, Quantisation.INT8_WEIGHTS));
    double both = difference(export(TinyFamily.BERT, Quantisation.INT8_PER_ROW));

    assertThat(whole).isLessThan(Agreement.TOLERANCE);
    assertThat(weights).isGreaterThan(Agreement.TOLERANCE);
    assertThat(both).isGreaterThan(weights);
  }

  private static double difference(ModelBundle bundle) {
    return Objects.requireNonNull(
        bundle
            .manifest()
            .orElseThrow()
            .results()
            .getLast()
            .measures()
            .get("difference (root mean square)"));
  }

  @ParameterizedTest
  @EnumSource(
      value = TinyFamily.class,
      names = {"DEBERTA_V3", "MODERNBERT"})
  void anotherFamilyIsRefused(TinyFamily family) throws IOException {
    Path bundle = export(family, Quantisation.NONE).directory();
    assertThatThrownBy(() -> StartWeights.ofBundle(bundle))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(bundle.toString(), "HUGGING_FACE");
  }

  /** They are of the fourth kind, integers with their inputs evened out; the pairs are real. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "small"})
  void theShippedBundlesCanBeTrainedFurther(String name) throws IOException {
    ModelBundle bundle = ModelBundle.open(SharedFiles.project("distribution/bundles/" + name));
    BeirCollection scifact = BeirCollection.open(SharedFiles.shared("data/scifact"));
    List<Document> documents = scifact.documents().subList(0, 20);
    try (PairTokenizer tokenizer = PairTokenizer.open(bundle.tokenizerFile(), bundle.limits())) {
      List<TokenPair> pairs = new ArrayList<>();
      for (Document asked : documents.subList(0, 5)) {
        List<String> passages = documents.stream().map(Document::text).toList();
        pairs.addAll(tokenizer.pairs(tokenizer.query(asked.title()), passages));
      }
      assertSameLogits(bundle, pairs, Agreement.CLOSE);
    }
  }

  private static void assertSameLogits(ModelBundle bundle, Agreement agreement) throws IOException {
    try (PairTokenizer tokenizer = PairTokenizer.open(bundle.tokenizerFile(), bundle.limits())) {
      assertSameLogits(bundle, tokenizer.pairs(tokenizer.query(QUERY), PASSAGES), agreement);
    }
  }

  private static void assertSameLogits(
      ModelBundle bundle, List<TokenPair> pairs, Agreement agreement) throws IOException {
    StartWeights start = StartWeights.ofBundle(bundle.directory());
    assertThat(start.architecture().longestPair()).isEqualTo(bundle.maxLength());
    try (Encoder encoder = start.encoder()) {
      SelfCheck.compare(bundle.onnxFile(), encoder, pairs, agreement);
    }
  }

  private ModelBundle export(TinyFamily family, Quantisation kind) throws IOException {
    Path files = Files.createDirectory(folder.resolve(family + "-" + kind + "-tokenizer"));
    Path tokenizer = family.tokenizer(files);
    BundleManifest draft =
        new BundleManifest(
            BundleManifest.FORMAT_VERSION,
            "tiny",
            family.weights(5).architecture().modelType(),
            "infonce",
            TinyFamily.LONGEST_PAIR,
            64,
            BundleManifest.DEFAULT_SEPARATOR,
            ScoreActivation.IDENTITY,
            "model.onnx",
            Map.of("model.onnx", kind),
            new TreeMap<>(),
            new Provenance(
                new Provenance.Source("tiny", "none", "drawn"), List.of(), null, 1, 1, Map.of()),
            List.of());
    try (Encoder encoder = family.weights(5).encoder();
        PairTokenizer pairs =
            PairTokenizer.open(tokenizer, new PairLimits(TinyFamily.LONGEST_PAIR, 64))) {
      List<TokenPair> probes = pairs.pairs(pairs.query(QUERY), PASSAGES);
      return BundleExporter.export(
          folder.resolve(family + "-" + kind), encoder, draft, tokenizer, probes, probes);
    }
  }
}
