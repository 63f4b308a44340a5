/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.TextTokenizer;
import org.stillrank.trainer.config.BiEncoderConfig.Pooling;

/**
 * Turns texts into unit vectors with an ONNX encoder that answers {@code last_hidden_state} [texts,
 * length, width]. Threads may share one; each call runs on its caller's thread alone, because
 * several one-thread callers are faster than one call on several threads.
 */
final class BiEncoder implements AutoCloseable {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";

  private final TextTokenizer tokenizer;
  private final OrtSession session;
  private final NativeHandle handle;
  private final Pooling pooling;

  private BiEncoder(
      TextTokenizer tokenizer, OrtSession session, NativeHandle handle, Pooling pooling) {
    this.tokenizer = tokenizer;
    this.session = session;
    this.handle = handle;
    this.pooling = pooling;
  }

  /**
   * @throws InvalidInputException when the files are no encoder and tokenizer
   */
  static BiEncoder open(Path onnx, Path tokenizerJson, Pooling pooling) throws IOException {
    TextTokenizer tokenizer = TextTokenizer.open(tokenizerJson);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx.toString(), options);
      NativeHandle handle =
          NativeHandle.scoped("bi-encoder session", onnx.toString(), () -> close(session));
      return new BiEncoder(tokenizer, session, handle, pooling);
    } catch (OrtException e) {
      tokenizer.close();
      throw new InvalidInputException(
          "[" + onnx + "] is no encoder that ONNX Runtime can open: " + e.getMessage(), e);
    }
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("closing an encoder session", e);
    }
  }

  /** The token ids of each text, special tokens counted in {@code maxLength}. */
  List<int[]> tokens(List<String> texts, int maxLength) {
    return tokenizer.encode(texts, maxLength);
  }

  /** One unit vector for each row of token ids; rows are padded to the longest. */
  float[][] vectors(List<int[]> rows) {
    int length = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
    long[] shape = {rows.size(), length};
    LongBuffer ids = LongBuffer.allocate(rows.size() * length);
    LongBuffer mask = LongBuffer.allocate(rows.size() * length);
    for (int[] row : rows) {
      for (int i = 0; i < length; i++) {
        ids.put(i < row.length ? row[i] : 0);
        mask.put(i < row.length ? 1 : 0);
      }
    }
    LongBuffer types = LongBuffer.allocate(rows.size() * length);
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      inputs.put(IDS, OnnxTensor.createTensor(environment, ids.flip(), shape));
      inputs.put(MASK, OnnxTensor.createTensor(environment, mask.flip(), shape));
      if (session.getInputNames().contains(TYPES)) {
        inputs.put(TYPES, OnnxTensor.createTensor(environment, types, shape));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        float[][][] states = (float[][][]) result.get(0).getValue();
        float[][] vectors = new float[rows.size()][];
        for (int i = 0; i < vectors.length; i++) {
          vectors[i] = unit(pooled(states[i], rows.get(i).length));
        }
        return vectors;
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not encode " + rows.size() + " texts", e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private float[] pooled(float[][] states, int length) {
    if (pooling == Pooling.CLS) {
      return states[0];
    }
    float[] mean = new float[states[0].length];
    for (float[] state : Arrays.copyOf(states, length)) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += state[i] / length;
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
    handle.close();
    tokenizer.close();
  }
}
