/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.session.OnnxSession;
import org.stillrank.reranker.session.SessionSettings;
import org.stillrank.reranker.session.Termination;
import org.stillrank.reranker.session.TokenInputs;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.TokenBatch;
import org.stillrank.trainer.weights.FloatTensor;

/** Compares a written ONNX file, run as a reader would run it, with the encoder it came from. */
final class SelfCheck {
  /** Largest difference of a logit between the runtime and libtorch. */
  static final double TOLERANCE = 1e-4;

  private static final int BATCH = 16;

  private SelfCheck() {}

  /**
   * @param encoder in evaluation mode
   * @param probes tokenised pairs, at least one
   * @return the largest difference
   * @throws ExportMismatchException when it is above {@link #TOLERANCE}
   */
  static double compare(Path onnxFile, Encoder encoder, List<TokenPair> probes) throws IOException {
    if (probes.isEmpty()) {
      throw new IllegalArgumentException("no pairs to check the export with");
    }
    double largest = 0;
    try (OnnxSession session =
        OnnxSession.open(
            onnxFile, FileHash.sha256(onnxFile), new SessionSettings(1), onnxFile.toString())) {
      for (int from = 0; from < probes.size(); from += BATCH) {
        List<TokenPair> batch = probes.subList(from, Math.min(from + BATCH, probes.size()));
        float[] runtime =
            session.run(new TokenInputs().fill(batch, 0), "logits", new Termination()).values();
        float[] trained = logits(encoder, batch);
        for (int i = 0; i < trained.length; i++) {
          // Not max(): a NaN must not pass.
          double difference = Math.abs((double) runtime[i] - trained[i]);
          if (!(difference <= TOLERANCE)) {
            throw new ExportMismatchException(onnxFile, from + i, runtime[i], trained[i]);
          }
          largest = Math.max(largest, difference);
        }
      }
    }
    return largest;
  }

  private static float[] logits(Encoder encoder, List<TokenPair> pairs) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        TokenBatch batch = TokenBatch.of(pairs)) {
      return FloatTensor.of(encoder.logits(batch)).values();
    }
  }
}
