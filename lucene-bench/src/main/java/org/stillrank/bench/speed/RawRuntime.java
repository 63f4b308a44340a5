/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.session.RuntimeEnvironment;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;

/**
 * ONNX Runtime used directly, with its own defaults, in the schedules that other rerankers use. It
 * shares the tokenizer with the product: only the scheduling is compared.
 */
public final class RawRuntime implements AutoCloseable {
  private final PairTokenizer tokenizer;
  private final int padId;
  private final Map<Integer, OrtSession> sessionsByThreads = new HashMap<>();
  private final ExecutorService workers = Executors.newCachedThreadPool();

  private RawRuntime(PairTokenizer tokenizer, int padId) {
    this.tokenizer = tokenizer;
    this.padId = padId;
  }

  /** Opens a model for these schedules; those with equal thread counts share a session. */
  public static RawRuntime open(ModelBundle bundle, List<RawSchedule> schedules)
      throws IOException, OrtException {
    PairTokenizer tokenizer = PairTokenizer.open(bundle.tokenizerFile(), bundle.limits());
    RawRuntime runtime =
        new RawRuntime(tokenizer, bundle.padId().orElse(tokenizer.vocabulary().padId()));
    try {
      for (RawSchedule schedule : schedules) {
        if (!runtime.sessionsByThreads.containsKey(schedule.threads())) {
          runtime.sessionsByThreads.put(schedule.threads(), session(bundle, schedule.threads()));
        }
      }
      return runtime;
    } catch (OrtException e) {
      runtime.close();
      throw e;
    }
  }

  private static OrtSession session(ModelBundle bundle, int threads) throws OrtException {
    OrtEnvironment environment = RuntimeEnvironment.get();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      return environment.createSession(bundle.onnxFile().toString(), options);
    }
  }

  /** This runtime under one of the schedules it was opened for. */
  public Contender with(RawSchedule schedule) {
    OrtSession session = sessionsByThreads.get(schedule.threads());
    if (session == null) {
      throw new IllegalArgumentException("not opened for [" + schedule + "]");
    }
    return new Contender() {
      @Override
      public String name() {
        return schedule.name();
      }

      @Override
      public float[] score(String query, List<String> passages) {
        List<TokenPair> pairs = tokenizer.pairs(tokenizer.query(query), passages);
        List<int[]> batches =
            schedule.batches(pairs.stream().mapToInt(TokenPair::length).toArray());
        float[] scores = new float[pairs.size()];
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < schedule.workers(); i++) {
          running.add(workers.submit(() -> drain(session, pairs, batches, next, scores)));
        }
        running.forEach(RawRuntime::await);
        return scores;
      }
    };
  }

  private void drain(
      OrtSession session,
      List<TokenPair> pairs,
      List<int[]> batches,
      AtomicInteger next,
      float[] scores) {
    for (int i = next.getAndIncrement(); i < batches.size(); i = next.getAndIncrement()) {
      int[] batch = batches.get(i);
      float[] logits = logits(session, pairs, batch);
      int columns = logits.length / batch.length;
      for (int row = 0; row < batch.length; row++) {
        scores[batch[row]] =
            columns == 1 ? logits[row] : logits[columns * row + 1] - logits[columns * row];
      }
    }
  }

  private float[] logits(OrtSession session, List<TokenPair> pairs, int[] batch) {
    int length = 0;
    for (int index : batch) {
      length = Math.max(length, pairs.get(index).length());
    }
    LongBuffer ids = allocate(batch.length * length);
    LongBuffer mask = allocate(batch.length * length);
    LongBuffer types = allocate(batch.length * length);
    for (int index : batch) {
      TokenPair pair = pairs.get(index);
      for (int i = 0; i < length; i++) {
        boolean real = i < pair.length();
        ids.put(real ? pair.ids()[i] : padId);
        mask.put(real ? 1 : 0);
        types.put(real ? pair.typeIds()[i] : 0);
      }
    }
    long[] shape = {batch.length, length};
    OrtEnvironment environment = RuntimeEnvironment.get();
    try (OnnxTensor idsTensor = OnnxTensor.createTensor(environment, ids.flip(), shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask.flip(), shape);
        OnnxTensor typesTensor = OnnxTensor.createTensor(environment, types.flip(), shape)) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put("input_ids", idsTensor);
      inputs.put("attention_mask", maskTensor);
      if (session.getInputNames().contains("token_type_ids")) {
        inputs.put("token_type_ids", typesTensor);
      }
      try (OrtSession.Result result = session.run(inputs)) {
        OnnxTensor logits = (OnnxTensor) result.get(0);
        float[] values = new float[Math.toIntExact(logits.getInfo().getNumElements())];
        logits.getFloatBuffer().get(values);
        return values;
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the plain runtime failed on " + shape[0] + " pairs", e);
    }
  }

  private static LongBuffer allocate(int elements) {
    return ByteBuffer.allocateDirect(elements * Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }

  private static void await(Future<?> running) {
    try {
      running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the plain runtime failed", e.getCause());
    }
  }

  @Override
  public void close() throws OrtException {
    workers.shutdown();
    tokenizer.close();
    for (OrtSession session : sessionsByThreads.values()) {
      session.close();
    }
  }
}
