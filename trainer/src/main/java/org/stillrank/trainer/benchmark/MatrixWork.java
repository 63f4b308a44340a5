/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.Attention;
import org.stillrank.trainer.encoder.Operations;
import org.stillrank.trainer.encoder.Parameter;
import org.stillrank.trainer.encoder.RelativeBuckets;

/**
 * The floating-point operations of a network's matrix products, counted by walking through it.
 *
 * <p>A product of [m, k] and [k, n] takes {@code 2 * m * n * k} of them. Forward these are: each
 * linear layer, with m the tokens that it reads; attention, readers · keys and weights · values,
 * {@code 4 * pairs * readers * length * hidden} in each layer, tokens that a mask hides included,
 * because libtorch computes them; and DeBERTa's two products with its table of positions. Backward
 * takes twice as many: each product's gradient is one product for each of its two factors. Nothing
 * else is counted, neither normalisation nor what a kernel computes a second time.
 */
final class MatrixWork implements Operations<MatrixWork.Extent> {

  /** How large a value is: [pairs, tokens, width]. */
  record Extent(long pairs, long tokens, long width) {}

  private final Map<String, Parameter> parameters;
  private final Extent tokens;
  private double operations;

  private MatrixWork(Map<String, Parameter> parameters, Extent tokens) {
    this.parameters = parameters;
    this.tokens = tokens;
  }

  /**
   * Of one forward pass.
   *
   * @param length tokens of each pair, padding included
   */
  static double forward(Architecture architecture, int pairs, int length) {
    MatrixWork work = new MatrixWork(architecture.parameters(), new Extent(pairs, length, 0));
    architecture.logit(work, architecture.vector(work));
    return work.operations;
  }

  private Extent rowsOf(String table, long pairs, long count) {
    return new Extent(pairs, count, shape(table)[1]);
  }

  private long[] shape(String layer) {
    Parameter weight = parameters.get(layer + ".weight");
    if (weight == null) {
      throw new IllegalStateException("no parameter [" + layer + ".weight]");
    }
    return weight.shape();
  }

  @Override
  public Extent words(String table) {
    return rowsOf(table, tokens.pairs(), tokens.tokens());
  }

  @Override
  public Extent types(String table) {
    return words(table);
  }

  @Override
  public Extent positions(String table, int from) {
    return rowsOf(table, 1, tokens.tokens());
  }

  @Override
  public Extent rows(String table, int count) {
    return rowsOf(table, 1, count);
  }

  @Override
  public Extent linear(String layer, Extent input) {
    long[] outIn = shape(layer);
    operations += 2.0 * input.pairs() * input.tokens() * outIn[0] * outIn[1];
    return new Extent(input.pairs(), input.tokens(), outIn[0]);
  }

  @Override
  public Extent attention(
      Extent queries, Extent keys, Extent values, Attention attention, @Nullable Extent bias) {
    operations += 4.0 * queries.pairs() * queries.tokens() * keys.tokens() * queries.width();
    return queries;
  }

  @Override
  public Extent disentangledBias(
      Extent queries,
      Extent keys,
      Extent positionKeys,
      Extent positionQueries,
      RelativeBuckets buckets,
      Attention attention) {
    double readers = queries.tokens() + keys.tokens();
    operations += 2.0 * queries.pairs() * readers * positionKeys.tokens() * queries.width();
    return new Extent(queries.pairs(), queries.tokens(), keys.tokens());
  }

  @Override
  public Extent norm(String layer, Extent input) {
    return input;
  }

  @Override
  public Extent add(Extent left, Extent right) {
    return left;
  }

  @Override
  public Extent multiply(Extent left, Extent right) {
    return left;
  }

  @Override
  public Extent gelu(Extent input) {
    return input;
  }

  @Override
  public Extent tanh(Extent input) {
    return input;
  }

  @Override
  public Extent dropout(double probability, Extent input) {
    return input;
  }

  @Override
  public Extent slice(Extent input, int from, int to) {
    return new Extent(input.pairs(), input.tokens(), (long) to - from);
  }

  @Override
  public Extent first(Extent states) {
    return new Extent(states.pairs(), 1, states.width());
  }

  @Override
  public Extent firstVector(Extent states) {
    return first(states);
  }

  @Override
  public Extent meanVector(Extent states) {
    return first(states);
  }

  @Override
  public Extent block(Supplier<Extent> computation) {
    return computation.get();
  }
}
