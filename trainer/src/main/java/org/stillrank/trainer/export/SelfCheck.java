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
  private static final int BATCH = 16;

  private SelfCheck() {}

  /**
   * @param encoder in evaluation mode
   * @param probes tokenised pairs, at least one
   * @return what the file answers
   * @throws ExportMismatchException when they do not agree
   */
  static float[] compare(
      Path onnxFile, Encoder encoder, List<TokenPair> probes, Agreement agreement)
      throws IOException {
    if (probes.isEmpty()) {
      throw new IllegalArgumentException("no pairs to check the export with");
    }
    float[] runtime = new float[probes.size()];
    try (OnnxSession session =
        OnnxSession.open(
            onnxFile, FileHash.sha256(onnxFile), new SessionSettings(1), onnxFile.toString())) {
      for (int from = 0; from < runtime.length; from += BATCH) {
        List<TokenPair> batch = batch(probes, from);
        float[] answers =
            session.run(new TokenInputs().fill(batch, 0), "logits", new Termination()).values();
        System.arraycopy(answers, 0, runtime, from, answers.length);
      }
    }
    agreement.require(onnxFile, runtime, logits(encoder, probes));
    return runtime;
  }

  /**
   * What libtorch computes.
   *
   * @param encoder in evaluation mode
   */
  static float[] logits(Encoder encoder, List<TokenPair> pairs) {
    float[] logits = new float[pairs.size()];
    for (int from = 0; from < logits.length; from += BATCH) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard();
          TokenBatch batch = TokenBatch.of(batch(pairs, from))) {
        float[] some = FloatTensor.of(encoder.logits(batch)).values();
        System.arraycopy(some, 0, logits, from, some.length);
      }
    }
    return logits;
  }

  private static List<TokenPair> batch(List<TokenPair> pairs, int from) {
    return pairs.subList(from, Math.min(from + BATCH, pairs.size()));
  }
}
