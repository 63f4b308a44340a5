/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.BiEncoderConfig;
import org.stillrank.trainer.weights.ModelFiles;

/**
 * The vectors a bi-encoder gives texts: those it has not seen are embedded, shortest first, on
 * several one-thread workers, and kept in its cache part by part.
 */
public final class Embeddings {
  // Small batches keep activations in a core's cache; a part is what a killed run loses.
  private static final int TOKENS_OF_A_BATCH = 512;
  private static final int TEXTS_OF_A_PART = 512;

  private final BiEncoderConfig config;
  private final Path onnx;
  private final Path tokenizer;
  private final int threads;
  private final ModelCache cache;
  private final Progress.Display display;

  private Embeddings(
      BiEncoderConfig config,
      Path onnx,
      Path tokenizer,
      int threads,
      ModelCache cache,
      Progress.Display display) {
    this.config = config;
    this.onnx = onnx;
    this.tokenizer = tokenizer;
    this.threads = threads;
    this.cache = cache;
    this.display = display;
  }

  /** Keeps vectors below {@code cacheHome}, apart for each model, pooling and length. */
  public static Embeddings cached(
      BiEncoderConfig config, Path cacheHome, int threads, Progress.Display display)
      throws IOException {
    Path onnx = ModelFiles.onnx(config.weights());
    Path tokenizer = ModelFiles.tokenizer(config.weights());
    String settings =
        String.join(
            " ",
            FileHash.sha256(onnx),
            FileHash.sha256(tokenizer),
            config.pooling().toString(),
            Integer.toString(config.maxLength()));
    return new Embeddings(
        config, onnx, tokenizer, threads, ModelCache.in(cacheHome, settings), display);
  }

  /** Keeps vectors while the object lives. */
  public static Embeddings uncached(BiEncoderConfig config, int threads, Progress.Display display)
      throws IOException {
    return new Embeddings(
        config,
        ModelFiles.onnx(config.weights()),
        ModelFiles.tokenizer(config.weights()),
        threads,
        ModelCache.inMemory(),
        display);
  }

  /** The member's name in reports. */
  public String name() {
    return config.name();
  }

  /** Unit vectors of queries, in their order. */
  public List<float[]> queries(List<String> texts) throws IOException {
    return vectors(texts, config.queryPrefix());
  }

  /** Unit vectors of passages, in their order. */
  public List<float[]> passages(List<String> texts) throws IOException {
    return vectors(texts, config.passagePrefix());
  }

  private List<float[]> vectors(List<String> texts, String prefix) throws IOException {
    List<String> prefixed = texts.stream().map(text -> prefix + text).toList();
    embedMissing(prefixed);
    return prefixed.stream().map(cache::get).toList();
  }

  private void embedMissing(Collection<String> texts) throws IOException {
    List<String> missing =
        new ArrayList<>(
            new LinkedHashSet<>(texts.stream().filter(text -> !cache.has(text)).toList()));
    if (missing.isEmpty()) {
      return;
    }
    missing.sort(Comparator.comparingInt(String::length));
    try (BiEncoder encoder = BiEncoder.open(onnx, tokenizer, config.pooling());
        Progress progress = display.start("embed with " + config.name(), missing.size());
        ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      for (int start = 0; start < missing.size(); start += TEXTS_OF_A_PART) {
        int end = Math.min(start + TEXTS_OF_A_PART, missing.size());
        cache.add(embed(missing.subList(start, end), encoder, workers, progress));
      }
    }
  }

  private Map<String, float[]> embed(
      List<String> texts, BiEncoder encoder, ExecutorService workers, Progress progress)
      throws IOException {
    List<int[]> tokens = encoder.tokens(texts, config.maxLength());
    Map<String, float[]> vectors = new ConcurrentHashMap<>();
    List<Future<?>> running = new ArrayList<>();
    for (Batch batch : batches(tokens)) {
      running.add(
          workers.submit(() -> {
            float[][] found = encoder.vectors(tokens.subList(batch.from(), batch.to()));
            for (int i = 0; i < found.length; i++) {
              vectors.put(
                  texts.get(batch.from() + i), finite(found[i], texts.get(batch.from() + i)));
            }
            progress.step(found.length);
          }));
    }
    await(running);
    Map<String, float[]> ordered = new LinkedHashMap<>();
    texts.forEach(text -> ordered.put(text, vectors.get(text)));
    return ordered;
  }

  private float[] finite(float[] vector, String text) {
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new InvalidInputException(
            "the bi-encoder ["
                + config.name()
                + "] gives NaN for the text ["
                + text.substring(0, Math.min(80, text.length()))
                + "]; is ["
                + onnx
                + "] damaged?");
      }
    }
    return vector;
  }

  private static void await(List<Future<?>> running) throws IOException {
    try {
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      running.forEach(each -> each.cancel(true));
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("embedding failed", e.getCause());
    } catch (InterruptedException e) {
      running.forEach(each -> each.cancel(true));
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while embedding", e);
    }
  }

  private record Batch(int from, int to) {}

  private static List<Batch> batches(List<int[]> tokens) {
    List<Batch> batches = new ArrayList<>();
    int from = 0;
    int longest = 0;
    for (int i = 0; i < tokens.size(); i++) {
      longest = Math.max(longest, tokens.get(i).length);
      if (i > from && (i + 1 - from) * longest > TOKENS_OF_A_BATCH) {
        batches.add(new Batch(from, i));
        from = i;
        longest = tokens.get(i).length;
      }
    }
    batches.add(new Batch(from, tokens.size()));
    return batches;
  }
}
