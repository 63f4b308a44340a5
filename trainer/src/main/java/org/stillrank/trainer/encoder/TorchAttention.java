/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Attention within the pairs of a batch, by libtorch's fused kernels where they apply. */
final class TorchAttention {
  private static final double MASKED = -10_000;

  private final TokenBatch batch;
  private final boolean training;

  TorchAttention(TokenBatch batch, boolean training) {
    this.batch = batch;
    this.training = training;
  }

  Tensor apply(Tensor queries, Tensor keys, Tensor values, Attention how, @Nullable Tensor bias) {
    Tensor context =
        torch.scaled_dot_product_attention(
            turned(heads(queries, how), how),
            turned(heads(keys, how), how),
            heads(values, how),
            mask(queries.size(1), how, bias),
            training ? how.dropout() : 0,
            false,
            new DoubleOptional(how.scale()),
            false);
    return context.transpose(1, 2).reshape(queries.size(0), queries.size(1), queries.size(2));
  }

  /** See {@link Operations#disentangledBias}. */
  Tensor disentangledBias(
      Tensor queries,
      Tensor keys,
      Tensor positionKeys,
      Tensor positionQueries,
      RelativeBuckets buckets,
      Attention how) {
    Tensor rows = rows(buckets, queries.size(1));
    Tensor toPositions = heads(queries, how).matmul(heads(positionKeys, how).transpose(2, 3));
    Tensor fromPositions = heads(keys, how).matmul(heads(positionQueries, how).transpose(2, 3));
    Tensor contentToPosition = gathered(toPositions, rows);
    Tensor positionToContent = gathered(fromPositions, rows.t()).transpose(2, 3);
    return contentToPosition.add(positionToContent).mul(new Scalar(how.scale()));
  }

  private static Tensor gathered(Tensor products, Tensor rows) {
    Tensor index = rows.expand(products.size(0), products.size(1), rows.size(0), rows.size(1));
    return products.gather(3, index);
  }

  /** Row of the position table for each reader and key: int64 [readers, length]. */
  private Tensor rows(RelativeBuckets buckets, long readers) {
    int length = batch.length();
    long[] rows = new long[(int) readers * length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = buckets.row(i / length - i % length);
    }
    return AbstractTensor.create(rows, readers, length).to(batch.ids().device(), ScalarType.Long);
  }

  private static Tensor heads(Tensor states, Attention how) {
    return states
        .reshape(states.size(0), states.size(1), how.heads(), how.headSize())
        .transpose(1, 2);
  }

  private static Tensor turned(Tensor heads, Attention how) {
    if (how.rotaryTheta() == null) {
      return heads;
    }
    int half = how.headSize() / 2;
    double[] angles = new double[Math.toIntExact(heads.size(2)) * how.headSize()];
    double[] frequencies = how.frequencies();
    for (int i = 0; i < angles.length; i++) {
      angles[i] = (i / how.headSize()) * frequencies[i % half];
    }
    Tensor angle = AbstractTensor.create(angles, heads.size(2), how.headSize());
    Tensor cosine = angle.cos().to(heads.device(), heads.scalar_type());
    Tensor sine = angle.sin().to(heads.device(), heads.scalar_type());
    Tensor exchanged =
        torch.cat(new TensorVector(heads.narrow(3, half, half).neg(), heads.narrow(3, 0, half)), 3);
    return heads.mul(cosine).add(exchanged.mul(sine));
  }

  private TensorOptional mask(long readers, Attention how, @Nullable Tensor bias) {
    @Nullable Tensor seen = null;
    if (batch.padded()) {
      seen = batch.attended().view(batch.pairs(), 1, 1, batch.length());
    }
    if (how.reach() != null && batch.length() - 1 > how.reach()) {
      Tensor near = near(readers, how.reach());
      // A padding token must see something, if only itself, or its row would be a division by 0.
      seen = seen == null ? near : seen.logical_and(near).logical_or(near(readers, 0));
    }
    if (bias == null) {
      return seen == null ? new TensorOptional() : new TensorOptional(seen);
    }
    return new TensorOptional(
        seen == null ? bias : bias.masked_fill(seen.logical_not(), new Scalar(MASKED)));
  }

  /** Which keys are at most so far from a reader: bool [1, 1, readers, length]. */
  private Tensor near(long readers, int reach) {
    int length = batch.length();
    boolean[] near = new boolean[(int) readers * length];
    for (int i = 0; i < near.length; i++) {
      near[i] = Math.abs(i / length - i % length) <= reach;
    }
    return AbstractTensor.create(near, 1, 1, readers, length)
        .to(batch.ids().device(), ScalarType.Bool);
  }
}
