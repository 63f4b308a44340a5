/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.List;
import java.util.SequencedMap;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * ModernBERT and Ettin: rotary positions, mostly local attention, gated feed-forward, normalised
 * before each block, no biases (Warner et al. 2024, arXiv:2412.13663; transformers' {@code
 * modeling_modernbert}).
 *
 * @param positions the longest pair
 * @param reaches for each layer how its tokens attend
 * @param pooling what stands for a pair
 * @param classifierBias whether the head's dense layer has a bias
 */
public record ModernBert(
    Sizes sizes,
    int positions,
    List<Reach> reaches,
    Pooling pooling,
    boolean classifierBias,
    Dropout dropout)
    implements Architecture {
  private static final String PREFIX = "model.";
  private static final String WORDS = PREFIX + "embeddings.tok_embeddings";
  private static final String EMBEDDINGS_NORM = PREFIX + "embeddings.norm";
  private static final String FINAL_NORM = PREFIX + "final_norm";
  private static final String DENSE = "head.dense";
  private static final String HEAD_NORM = "head.norm";
  private static final String CLASSIFIER = "classifier";

  /** Deviations beyond which a fresh weight is drawn again. */
  private static final double CUTOFF = 2;

  /**
   * How far the tokens of a layer see.
   *
   * @param theta base of its rotary positions
   * @param local tokens to each side, or 0 for all
   */
  public record Reach(double theta, int local) {}

  /** What stands for a pair. */
  public enum Pooling {
    CLS,
    MEAN
  }

  public ModernBert {
    reaches = List.copyOf(reaches);
    if (reaches.size() != sizes.layers()) {
      throw new IllegalArgumentException(
          reaches.size() + " reaches, " + sizes.layers() + " layers");
    }
  }

  @Override
  public String modelType() {
    return "modernbert";
  }

  @Override
  public int longestPair() {
    return positions;
  }

  @Override
  public boolean readsTypes() {
    return false;
  }

  @Override
  public ModernBert withDropout(Dropout other) {
    return new ModernBert(sizes, positions, reaches, pooling, classifierBias, other);
  }

  @Override
  public ModernBert withLayers(int count) {
    throw new InvalidInputException(
        "[start_layers] is not for ModernBERT, whose layers attend globally or locally by their"
            + " place; remove it");
  }

  @Override
  public String bodyPrefix() {
    return PREFIX;
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("decoder.");
  }

  @Override
  public SequencedMap<String, Parameter> parameters() {
    Parameters parameters = new Parameters();
    int hidden = sizes.hidden();
    double range = sizes.initializerRange();
    Initial in = new Initial.TruncatedNormal(range, CUTOFF);
    Initial out = new Initial.TruncatedNormal(range / Math.sqrt(2.0 * sizes.layers()), CUTOFF);
    parameters.lookup(WORDS, sizes.vocabulary(), hidden, in).scale(EMBEDDINGS_NORM, hidden);
    for (int index = 0; index < sizes.layers(); index++) {
      String layer = layer(index);
      if (index > 0) {
        parameters.scale(layer + "attn_norm", hidden);
      }
      parameters
          .matrix(layer + "attn.Wqkv", 3L * hidden, hidden, in)
          .matrix(layer + "attn.Wo", hidden, hidden, out)
          .scale(layer + "mlp_norm", hidden)
          .matrix(layer + "mlp.Wi", 2L * sizes.intermediate(), hidden, in)
          .matrix(layer + "mlp.Wo", hidden, sizes.intermediate(), out);
    }
    parameters.scale(FINAL_NORM, hidden).head().matrix(DENSE, hidden, hidden, out);
    if (classifierBias) {
      parameters.bias(DENSE, hidden);
    }
    return parameters
        .scale(HEAD_NORM, hidden)
        .linear(CLASSIFIER, 1, hidden, new Initial.TruncatedNormal(1 / Math.sqrt(hidden), CUTOFF))
        .list();
  }

  @Override
  public <T> T vector(Operations<T> operations) {
    T states =
        operations.block(() ->
            operations.dropout(
                dropout.hidden(), operations.norm(EMBEDDINGS_NORM, operations.words(WORDS))));
    for (int index = 0; index < sizes.layers(); index++) {
      T tokens = states;
      int number = index;
      states = operations.block(() -> next(operations, number, tokens));
    }
    T ended = operations.norm(FINAL_NORM, states);
    return pooling == Pooling.CLS ? operations.firstVector(ended) : operations.meanVector(ended);
  }

  private <T> T next(Operations<T> operations, int index, T tokens) {
    String layer = layer(index);
    int hidden = sizes.hidden();
    T input = index == 0 ? tokens : operations.norm(layer + "attn_norm", tokens);
    T projected = operations.linear(layer + "attn.Wqkv", input);
    T queries = operations.slice(projected, 0, hidden);
    // What nobody reads is not computed: pooled by CLS, the last layer needs the first token only.
    boolean firstOnly = pooling == Pooling.CLS && index == sizes.layers() - 1;
    T context =
        operations.attention(
            firstOnly ? operations.first(queries) : queries,
            operations.slice(projected, hidden, 2 * hidden),
            operations.slice(projected, 2 * hidden, 3 * hidden),
            attention(index),
            null);
    T found =
        operations.dropout(dropout.attention(), operations.linear(layer + "attn.Wo", context));
    T attended = operations.add(firstOnly ? operations.first(tokens) : tokens, found);
    return operations.add(attended, feedForward(operations, layer, attended));
  }

  private Attention attention(int index) {
    Reach reach = reaches.get(index);
    return Attention.scaled(sizes, dropout.attention())
        .rotary(reach.theta(), reach.local() == 0 ? null : reach.local());
  }

  private <T> T feedForward(Operations<T> operations, String layer, T attended) {
    int inner = sizes.intermediate();
    T both = operations.linear(layer + "mlp.Wi", operations.norm(layer + "mlp_norm", attended));
    T gated =
        operations.multiply(
            operations.gelu(operations.slice(both, 0, inner)),
            operations.slice(both, inner, 2 * inner));
    return operations.linear(layer + "mlp.Wo", operations.dropout(dropout.hidden(), gated));
  }

  @Override
  public <T> T logit(Operations<T> operations, T vector) {
    T dense = operations.gelu(operations.linear(DENSE, vector));
    T normed = operations.norm(HEAD_NORM, dense);
    return operations.linear(CLASSIFIER, operations.dropout(dropout.hidden(), normed));
  }

  private static String layer(int index) {
    return PREFIX + "layers." + index + ".";
  }
}
