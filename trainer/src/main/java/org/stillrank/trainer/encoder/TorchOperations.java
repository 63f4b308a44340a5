/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A network's operations on one batch, computed by libtorch. */
final class TorchOperations implements Operations<Tensor> {
  private final Map<String, Tensor> parameters;
  private final double normEpsilon;
  private final boolean training;
  private final LinearObserver observer;
  private final TokenBatch batch;
  private final TorchAttention attention;

  /**
   * @param training whether dropout acts
   */
  TorchOperations(
      Map<String, Tensor> parameters,
      double normEpsilon,
      boolean training,
      LinearObserver observer,
      TokenBatch batch) {
    this.parameters = parameters;
    this.normEpsilon = normEpsilon;
    this.training = training;
    this.observer = observer;
    this.batch = batch;
    this.attention = new TorchAttention(batch, training);
  }

  @Override
  public Tensor words(String table) {
    return torch.embedding(weight(table), batch.ids());
  }

  @Override
  public Tensor types(String table) {
    return torch.embedding(weight(table), batch.typeIds());
  }

  @Override
  public Tensor positions(String table, int from) {
    return weight(table).narrow(0, from, batch.length()).unsqueeze(0);
  }

  @Override
  public Tensor rows(String table, int count) {
    return weight(table).narrow(0, 0, count).unsqueeze(0);
  }

  @Override
  public Tensor linear(String layer, Tensor input) {
    observer.sees(layer + ".weight", input);
    return torch.linear(input, weight(layer), bias(layer));
  }

  @Override
  public Tensor norm(String layer, Tensor input) {
    Tensor weight = weight(layer);
    return torch.layer_norm(
        input, weight.shape(), new TensorOptional(weight), bias(layer), normEpsilon, false);
  }

  @Override
  public Tensor add(Tensor left, Tensor right) {
    return left.add(right);
  }

  @Override
  public Tensor multiply(Tensor left, Tensor right) {
    return left.mul(right);
  }

  @Override
  public Tensor gelu(Tensor input) {
    return torch.gelu(input);
  }

  @Override
  public Tensor tanh(Tensor input) {
    return torch.tanh(input);
  }

  @Override
  public Tensor dropout(double probability, Tensor input) {
    return training && probability > 0 ? torch.dropout(input, probability, true) : input;
  }

  @Override
  public Tensor slice(Tensor input, int from, int to) {
    return input.narrow(-1, from, to - from);
  }

  @Override
  public Tensor first(Tensor states) {
    return states.narrow(1, 0, 1);
  }

  @Override
  public Tensor firstVector(Tensor states) {
    return states.select(1, 0);
  }

  @Override
  public Tensor meanVector(Tensor states) {
    Tensor attended = batch.attended().to(states.scalar_type()).unsqueeze(-1);
    return states.mul(attended).sum(1).div(attended.sum(1));
  }

  @Override
  public Tensor attention(
      Tensor queries, Tensor keys, Tensor values, Attention how, @Nullable Tensor bias) {
    return attention.apply(queries, keys, values, how, bias);
  }

  @Override
  public Tensor disentangledBias(
      Tensor queries,
      Tensor keys,
      Tensor positionKeys,
      Tensor positionQueries,
      RelativeBuckets buckets,
      Attention how) {
    return attention.disentangledBias(queries, keys, positionKeys, positionQueries, buckets, how);
  }

  @Override
  public Tensor block(Supplier<Tensor> computation) {
    return Temporaries.discarding(computation);
  }

  private Tensor weight(String name) {
    Tensor found = parameters.get(name + ".weight");
    if (found == null) {
      throw new IllegalStateException("no parameter [" + name + ".weight]");
    }
    return found;
  }

  private TensorOptional bias(String name) {
    Tensor found = parameters.get(name + ".bias");
    return found == null ? new TensorOptional() : new TensorOptional(found);
  }
}
