/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.session.FloatTensor;
import org.stillrank.reranker.session.OnnxSession;
import org.stillrank.reranker.session.SessionSettings;
import org.stillrank.reranker.session.Termination;
import org.stillrank.reranker.session.TokenInputs;
import org.stillrank.reranker.tokenization.TextTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.config.BiEncoderConfig.Pooling;

/**
 * Turns texts into unit vectors with an ONNX encoder that answers {@code last_hidden_state} [texts,
 * length, width]. Threads may share one; each call runs on its caller's thread alone, because
 * several one-thread callers are faster than one call on several threads.
 */
final class BiEncoder implements AutoCloseable {
  private static final String STATES = "last_hidden_state";

  private final TextTokenizer tokenizer;
  private final OnnxSession session;
  private final Pooling pooling;

  private BiEncoder(TextTokenizer tokenizer, OnnxSession session, Pooling pooling) {
    this.tokenizer = tokenizer;
    this.session = session;
    this.pooling = pooling;
  }

  /**
   * @throws InvalidInputException when the files are no encoder and tokenizer
   */
  static BiEncoder open(Path onnx, Path tokenizerJson, Pooling pooling) throws IOException {
    String sha256 = FileHash.sha256(onnx);
    TextTokenizer tokenizer = TextTokenizer.open(tokenizerJson);
    try {
      OnnxSession session = OnnxSession.open(onnx, sha256, new SessionSettings(1), onnx.toString());
      Set<String> outputs;
      try {
        outputs = session.outputs().keySet();
      } catch (RuntimeException e) {
        session.close();
        throw e;
      }
      if (!outputs.contains(STATES)) {
        session.close();
        throw new InvalidInputException(
            "["
                + onnx
                + "] answers "
                + outputs
                + ", not ["
                + STATES
                + "]; a bi-encoder's file ends in token vectors, without pooling");
      }
      return new BiEncoder(tokenizer, session, pooling);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** The token ids of each text, special tokens counted in {@code maxLength}. */
  List<int[]> tokens(List<String> texts, int maxLength) {
    return tokenizer.encode(texts, maxLength);
  }

  /** One unit vector for each row of token ids; rows are padded to the longest. */
  float[][] vectors(List<int[]> rows) {
    List<TokenPair> texts =
        rows.stream().map(ids -> new TokenPair(ids, new int[ids.length])).toList();
    // Which id pads is of no consequence: padding is masked.
    TokenInputs inputs = new TokenInputs().fill(texts, 0);
    FloatTensor states = session.run(inputs, STATES, new Termination());
    int width = (int) states.shape()[2];
    float[][] vectors = new float[rows.size()][];
    for (int i = 0; i < vectors.length; i++) {
      int start = i * inputs.length() * width;
      vectors[i] = unit(pooled(states.values(), start, rows.get(i).length, width));
    }
    return vectors;
  }

  private float[] pooled(float[] states, int start, int length, int width) {
    if (pooling == Pooling.CLS) {
      return Arrays.copyOfRange(states, start, start + width);
    }
    float[] mean = new float[width];
    for (int token = 0; token < length; token++) {
      for (int i = 0; i < width; i++) {
        mean[i] += states[start + token * width + i] / length;
      }
    }
    return mean;
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float each : vector) {
      squares += (double) each * each;
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / Math.sqrt(squares));
    }
    return unit;
  }

  @Override
  public void close() {
    session.close();
    tokenizer.close();
  }
}
