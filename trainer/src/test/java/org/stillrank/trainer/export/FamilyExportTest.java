/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.reranker.session.OnnxSession;
import org.stillrank.reranker.session.SessionSettings;
import org.stillrank.reranker.session.Termination;
import org.stillrank.reranker.session.TokenInputs;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.TinyFamily;
import org.stillrank.trainer.encoder.TokenBatch;
import org.stillrank.trainer.weights.FloatTensor;
import org.stillrank.trainer.weights.StartWeights;

/** Every family on 200 real pairs, claims of SciFact beside the beginnings of its abstracts. */
class FamilyExportTest {
  private static final int PAIRS = 200;
  private static final int MOST_IN_A_BATCH = 16;

  /** A share of the logits' standard deviation; drawn weights lose more than trained ones. */
  private static final double MOST_LOST = 0.08;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void everyFileAnswersAloneAsInAnyBatchAndFp32AsTheTrainer(TinyFamily family) throws IOException {
    List<TokenPair> pairs = pairs(family.tokenizer(folder));
    StartWeights weights = family.weights(5);
    try (Encoder encoder = weights.encoder()) {
      Calibration calibration = Calibration.of(encoder, pairs.subList(0, 32));
      List<WeightFormat> formats =
          List.of(new Fp32Weights(), new Int8Weights(calibration), new Int8PerRow(calibration));
      float[] trained = trained(encoder, pairs);
      // Logits that are all alike would make any tolerance easy.
      assertThat(spread(trained)).isGreaterThan(0.1);
      for (WeightFormat format : formats) {
        float[] alone = assertIndependent(write(weights, format), pairs);
        if (format instanceof Fp32Weights) {
          assertThat(alone).containsExactly(trained, within(1e-4f));
        }
        LogitDifference difference = LogitDifference.of(alone, trained);
        assertThat(difference.rootMeanSquare())
            .as("%s of %s", format, family)
            .isLessThan(MOST_LOST * difference.spread());
      }
      SelfCheck.compare(
          write(weights, new Fp16Weights()), encoder, pairs, new Fp16Weights().agreement());
    }
  }

  /** The scores of the pairs, each alone. */
  private static float[] assertIndependent(Path file, List<TokenPair> pairs) throws IOException {
    float[] alone = new float[PAIRS];
    try (OnnxSession session =
        OnnxSession.open(file, file.toString(), new SessionSettings(2), "test")) {
      for (int pair = 0; pair < PAIRS; pair++) {
        alone[pair] = run(session, List.of(pairs.get(pair)))[0];
      }
      Random random = new Random(1);
      List<Integer> order = new ArrayList<>(IntStream.range(0, PAIRS).boxed().toList());
      Collections.shuffle(order, random);
      float largest = 0;
      int from = 0;
      while (from < PAIRS) {
        int to = Math.min(PAIRS, from + 1 + random.nextInt(MOST_IN_A_BATCH));
        List<Integer> batch = order.subList(from, to);
        float[] together = run(session, batch.stream().map(pairs::get).toList());
        for (int i = 0; i < together.length; i++) {
          largest = Math.max(largest, Math.abs(together[i] - alone[batch.get(i)]));
        }
        from = to;
      }
      assertThat(largest).isLessThanOrEqualTo(1e-5f);
    }
    return alone;
  }

  private static float[] run(OnnxSession session, List<TokenPair> pairs) {
    return session.run(new TokenInputs().fill(pairs, 0), "logits", new Termination()).values();
  }

  private static float[] trained(Encoder encoder, List<TokenPair> pairs) {
    float[] logits = new float[pairs.size()];
    for (int pair = 0; pair < logits.length; pair++) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard();
          TokenBatch batch = TokenBatch.of(List.of(pairs.get(pair)))) {
        logits[pair] = FloatTensor.of(encoder.logits(batch)).values()[0];
      }
    }
    return logits;
  }

  private static double spread(float[] logits) {
    DoubleSummaryStatistics statistics =
        IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).summaryStatistics();
    return statistics.getMax() - statistics.getMin();
  }

  private Path write(StartWeights weights, WeightFormat format) throws IOException {
    Path file = folder.resolve(format.getClass().getSimpleName() + ".onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      CrossEncoderGraph.of(weights.architecture(), weights.tensors(), format).writeTo(out);
    }
    return file;
  }

  /** Of a few tokens up to as many as the families read. */
  private static List<TokenPair> pairs(Path tokenizer) throws IOException {
    BeirCollection scifact = BeirCollection.open(SharedFiles.shared("data/scifact"));
    List<Topic> topics = scifact.topics("train");
    List<Document> documents = scifact.documents();
    List<TokenPair> pairs = new ArrayList<>();
    PairLimits limits = new PairLimits(TinyFamily.LONGEST_PAIR, 64);
    try (PairTokenizer pairTokenizer = PairTokenizer.open(tokenizer, limits)) {
      for (int i = 0; i < PAIRS; i++) {
        Document document = documents.get(i);
        String words = document.title() + " " + document.text();
        String passage =
            Arrays.stream(words.split(" ", -1))
                .limit(i % 10 == 0 ? Long.MAX_VALUE : i + 1)
                .collect(Collectors.joining(" "));
        pairs.add(pairTokenizer.pair(pairTokenizer.query(topics.get(i).text()), passage));
      }
    }
    List<Integer> lengths = pairs.stream().map(TokenPair::length).distinct().sorted().toList();
    assertThat(lengths).hasSizeGreaterThan(100).endsWith(TinyFamily.LONGEST_PAIR);
    assertThat(lengths.getFirst()).isLessThan(50);
    return pairs;
  }
}
