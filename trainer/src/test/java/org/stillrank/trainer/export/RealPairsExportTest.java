/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.Provenance;
import org.stillrank.reranker.bundle.Quantisation;
import org.stillrank.reranker.bundle.ScoreActivation;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.weights.FloatTensor;
import org.stillrank.trainer.weights.MiniLm;
import org.stillrank.trainer.weights.StartWeights;

/** A MiniLM-L6 of real weights on real text: claims of SciFact beside titles of its abstracts. */
class RealPairsExportTest {
  private static final int PAIRS = 1000;
  private static final float LOUDER = 50;
  private static final PairLimits LIMITS = new PairLimits(48, 24);

  @TempDir Path folder;

  @Test
  void bothFilesAnswerLikeTheTrainerAndNoScoreDependsOnItsBatch() throws IOException {
    BeirCollection collection = BeirCollection.open(SharedFiles.shared("data/scifact"));
    Path tokenizer = MiniLm.tokenizer(folder);
    List<String> titles = collection.documents().stream().map(Document::title).limit(50).toList();
    List<Topic> topics = collection.topics("train").subList(0, PAIRS / titles.size());
    StartWeights start = StartWeights.ofOnnx(MiniLm.onnx(folder), 3);
    // A fresh head answers almost the same for every pair, which would make any tolerance easy.
    start.tensors().computeIfPresent("classifier.weight", (name, tensor) -> scaled(tensor, LOUDER));
    Path target = folder.resolve("bundle");
    try (Encoder encoder = start.encoder()) {
      // The exporter itself compares every pair, to 1e-4.
      List<TokenPair> pairs = pairs(tokenizer, topics, titles);
      assertThat(pairs).hasSize(PAIRS);
      BundleExporter.export(target, encoder, draft(), tokenizer, pairs.subList(0, 32), pairs);
    }
    assertThat(Files.size(target.resolve("model.int8.onnx"))).isLessThan(24_500_000);
    for (String model : List.of("model.onnx", "model.int8.onnx")) {
      assertIndependent(ModelBundle.open(target, model), topics.getFirst().text(), titles);
    }
  }

  private static FloatTensor scaled(FloatTensor tensor, float by) {
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= by;
    }
    return new FloatTensor(tensor.shape(), values);
  }

  private static void assertIndependent(ModelBundle bundle, String query, List<String> titles)
      throws IOException {
    try (CrossEncoder model = CrossEncoder.open(bundle, ScoringOptions.defaults())) {
      float[] together = model.score(query, titles, Cancellation.NONE);
      List<Integer> order = new ArrayList<>(Collections.nCopies(titles.size(), 0));
      for (int i = 0; i < titles.size(); i++) {
        order.set(i, i);
      }
      Collections.shuffle(order, new Random(1));
      float[] shuffled =
          model.score(query, order.stream().map(titles::get).toList(), Cancellation.NONE);
      for (int i = 0; i < titles.size(); i++) {
        float alone = model.score(query, List.of(titles.get(i)), Cancellation.NONE)[0];
        assertThat(together[i]).isCloseTo(alone, within(1e-5f));
        assertThat(shuffled[order.indexOf(i)]).isCloseTo(alone, within(1e-5f));
      }
    }
  }

  private static List<TokenPair> pairs(Path tokenizer, List<Topic> topics, List<String> titles)
      throws IOException {
    List<TokenPair> pairs = new ArrayList<>();
    try (PairTokenizer pairTokenizer = PairTokenizer.open(tokenizer, LIMITS)) {
      for (Topic topic : topics) {
        pairs.addAll(pairTokenizer.pairs(pairTokenizer.query(topic.text()), titles));
      }
    }
    return pairs;
  }

  private static BundleManifest draft() {
    Map<String, Quantisation> models = new LinkedHashMap<>();
    models.put(BundleManifest.FP32_MODEL_NAME, Quantisation.NONE);
    models.put(BundleManifest.INT8_MODEL_NAME, Quantisation.INT8_WEIGHTS);
    return new BundleManifest(
        BundleManifest.FORMAT_VERSION,
        "real-pairs",
        "bert",
        "none",
        LIMITS.maxLength(),
        LIMITS.maxQueryLength(),
        BundleManifest.DEFAULT_SEPARATOR,
        ScoreActivation.IDENTITY,
        BundleManifest.FP32_MODEL_NAME,
        models,
        new TreeMap<>(),
        new Provenance(
            new Provenance.Source("all-MiniLM-L6-v2", "Apache-2.0", "maven"),
            List.of(),
            null,
            3,
            0,
            Map.of()),
        List.of());
  }
}
