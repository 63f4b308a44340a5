/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.Quantisation;
import org.stillrank.reranker.handle.FreedMemory;
import org.stillrank.reranker.handle.Lifetime;
import org.stillrank.reranker.head.BatchDependence;
import org.stillrank.reranker.head.HeadProbe;
import org.stillrank.reranker.passage.CharacterSpan;
import org.stillrank.reranker.passage.Span;
import org.stillrank.reranker.scoring.ScoringOptions.UnstableModels;
import org.stillrank.reranker.session.OnnxSession;
import org.stillrank.reranker.session.SessionSettings;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;

/**
 * Scores passages against a query with a model. Threads may share one; their calls take turns on
 * its workers.
 *
 * <pre>{@code
 * try (CrossEncoder model = CrossEncoder.open(ModelBundle.open(folder), ScoringOptions.defaults())) {
 *   float[] logits = model.score("why is the sky blue", passages, Cancellation.NONE);
 * }
 * }</pre>
 */
public final class CrossEncoder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CrossEncoder.class.getName());
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private final PairTokenizer tokenizer;
  private final OnnxSession session;
  private final HeadProbe probe;
  private final BatchDependence dependence;
  private final int padId;
  private final ScoringOptions options;
  private final Workers workers;
  private final Lifetime lifetime;

  private CrossEncoder(
      ModelBundle bundle, ScoringOptions options, PairTokenizer tokenizer, OnnxSession session)
      throws IOException {
    this.tokenizer = tokenizer;
    this.session = session;
    this.options = options;
    this.padId = bundle.padId().orElse(tokenizer.vocabulary().padId());
    this.probe = HeadProbe.run(session, tokenizer, padId, bundle.onnxFile().toString());
    this.dependence =
        declared(bundle).or(BatchDependence.ofOperators(bundle.onnxFile())).or(probe.dependence());
    this.lifetime = new Lifetime("the cross-encoder [" + bundle.id() + "]");
    warnOfDependence(bundle);
    // Last, because they have threads of their own, and nobody closes them when this fails.
    this.workers = new Workers(options.schedule(), bundle.id());
  }

  /**
   * Opens a model and tries it: its inputs and output, a probe, its tokenizer's highest token, its
   * longest pair.
   *
   * @throws org.stillrank.reranker.input.InvalidInputException when the model does not score pairs
   * @throws IOException when it cannot be read
   */
  public static CrossEncoder open(ModelBundle bundle, ScoringOptions options) throws IOException {
    PairTokenizer tokenizer = PairTokenizer.open(bundle.tokenizerFile(), bundle.limits());
    try {
      Schedule schedule = options.schedule();
      Niceness niceness = schedule.niceness();
      OnnxSession session =
          niceness.during(
              "stillrank-start",
              () ->
                  OnnxSession.open(
                      bundle.onnxFile(),
                      bundle.onnxSha256(),
                      new SessionSettings(schedule.threadsPerWorker(), niceness.value()),
                      "cross-encoder " + bundle.id()));
      try {
        return new CrossEncoder(bundle, options, tokenizer, session);
      } catch (RuntimeException | IOException | Error e) {
        session.close();
        throw e;
      }
    } catch (RuntimeException | IOException | Error e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Raw logits in the order of the passages, {@code [passages]}.
   *
   * @param cancellation asked every few milliseconds by the calling thread; what it throws ends the
   *     batches in progress and comes out here
   * @throws org.stillrank.reranker.session.InferenceException when the runtime fails or a score is
   *     no number
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   * @throws IllegalStateException when it is closed
   */
  public float[] score(String query, List<String> passages, Cancellation cancellation) {
    return measured(query, passages, cancellation).logits();
  }

  /** As {@link #score}, with what it took. */
  public Scored measured(String query, List<String> passages, Cancellation cancellation) {
    return measured(ScoringRequest.ofBeginnings(query, passages), cancellation);
  }

  /**
   * Scores texts by their passages.
   *
   * @param cancellation as in {@link #score}
   * @throws org.stillrank.reranker.input.InvalidInputException when windows are longer than what
   *     the model reads, or the request takes more tokens than it allows
   */
  public Scored measured(ScoringRequest request, Cancellation cancellation) {
    return lifetime.during(() -> scoreOpen(request, cancellation));
  }

  private Scored scoreOpen(ScoringRequest request, Cancellation cancellation) {
    cancellation.check();
    if (request.texts().isEmpty()) {
      return Scored.NOTHING;
    }
    long start = System.nanoTime();
    PassagePlan plan = new PassagePlan(tokenizer, request);
    TokenisingCall tokenising = new TokenisingCall(plan, workers, cancellation);
    tokenising.run(request.texts());
    cancellation.check();
    List<TokenPair> pairs = plan.pairs();
    int[] lengths = pairs.stream().mapToInt(TokenPair::length).toArray();
    List<int[]> batches =
        oneAtATime()
            ? BatchPlan.oneByOne(lengths)
            : BatchPlan.of(
                lengths, options.schedule().tokensPerBatch(), options.schedule().workers());
    long tokenised = System.nanoTime();
    ScoringCall call = new ScoringCall(probe.head(), pairs, padId, batches, workers);
    float[] logits = call.run(cancellation);
    return new Scored(
        plan.logits(logits),
        plan.winners(logits),
        request.texts().size(),
        pairs.size(),
        Arrays.stream(lengths).asLongStream().sum(),
        BatchPlan.paddedTokens(lengths, batches),
        batches.size(),
        tokenised - start - tokenising.queueNanos(),
        tokenising.queueNanos() + call.queueNanos(),
        System.nanoTime() - tokenised + tokenising.queueNanos());
  }

  /**
   * Where in a text the tokens of a passage stand.
   *
   * @param text whole, as it was scored
   */
  public CharacterSpan characters(String text, Span tokens) {
    return lifetime.during(() -> tokenizer.characters(ScoredText.beginning(text), tokens));
  }

  /** Whether the scores of this model move with the rest of a batch. */
  public BatchDependence batchDependence() {
    return dependence;
  }

  /** What trying the model showed on opening. */
  public HeadProbe probe() {
    return probe;
  }

  private boolean oneAtATime() {
    return dependence == BatchDependence.BATCH_DEPENDENT
        && options.unstableModels() == UnstableModels.ONE_AT_A_TIME;
  }

  private static BatchDependence declared(ModelBundle bundle) {
    String file = String.valueOf(bundle.onnxFile().getFileName());
    return bundle
        .manifest()
        .map(BundleManifest::quantisation)
        .filter(quantisation -> quantisation.get(file) == Quantisation.INT8_PER_BATCH)
        .map(quantisation -> BatchDependence.BATCH_DEPENDENT)
        .orElse(BatchDependence.INDEPENDENT);
  }

  private void warnOfDependence(ModelBundle bundle) {
    if (dependence == BatchDependence.BATCH_DEPENDENT && WARNED.add(bundle.onnxSha256())) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the model [{0}] is batch_dependent: it quantises activations over the whole batch, so a"
              + " score moves with its neighbours; {1}",
          bundle.id(),
          oneAtATime()
              ? "documents are scored one at a time"
              : "documents are scored in batches, as the options ask");
    }
  }

  /** Waits for the calls in progress and frees everything. */
  @Override
  public void close() {
    lifetime.end(() -> {
      workers.close();
      session.close();
      tokenizer.close();
      FreedMemory.giveBack();
    });
  }
}
