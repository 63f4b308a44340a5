/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.optimisation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101), operation for
 * operation as torch's {@code AdamW}. libtorch has one of its own, whose state cannot be read from
 * Java; here it can be saved and restored to the bit.
 *
 * <p>It owns the moments, not the parameters.
 */
public final class AdamW implements AutoCloseable {

  /**
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of squared gradients
   * @param epsilon added to the denominator
   * @param weightDecay of weight matrices and tables; biases and LayerNorms have none
   */
  public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {
    /** Betas .9 and .999, epsilon 1e-8. */
    public static Settings withWeightDecay(double weightDecay) {
      return new Settings(0.9, 0.999, 1e-8, weightDecay);
    }
  }

  private final SequencedMap<String, Tensor> parameters;
  private final SequencedMap<String, Tensor> means = new LinkedHashMap<>();
  private final SequencedMap<String, Tensor> squares = new LinkedHashMap<>();
  private final Settings settings;
  private long steps;

  /** Starts with empty moments; parameters are changed in place by {@link #step}. */
  public AdamW(SequencedMap<String, Tensor> parameters, Settings settings) {
    this.parameters = parameters;
    this.settings = settings;
    parameters.forEach((name, parameter) -> {
      means.put(name, zerosLike(parameter));
      squares.put(name, zerosLike(parameter));
    });
  }

  private static Tensor zerosLike(Tensor parameter) {
    try (Tensor detached = parameter.detach()) {
      Tensor zeros = torch.zeros_like(detached);
      // A scope that happens to be open must not free what lives as long as the training.
      zeros.retainReference();
      return zeros;
    }
  }

  /**
   * Scales all gradients together down to a norm.
   *
   * @return the norm before, not finite when a gradient is not
   */
  public double clip(double largestNorm) {
    try (PointerScope scope = new PointerScope()) {
      return torch.clip_grad_norm_(
          new TensorVector(parameters.values().toArray(Tensor[]::new)), largestNorm);
    }
  }

  /** Moves every parameter that has a gradient. */
  public void step(double rate) {
    steps++;
    double correction1 = 1 - Math.pow(settings.beta1, steps);
    double correction2 = 1 - Math.pow(settings.beta2, steps);
    parameters.forEach((name, parameter) -> {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        Tensor gradient = parameter.grad();
        if (!gradient.defined()) {
          return;
        }
        if (decays(parameter)) {
          parameter.mul_(new Scalar(1 - rate * settings.weightDecay));
        }
        Tensor mean = moment(means, name);
        Tensor square = moment(squares, name);
        mean.lerp_(gradient, new Scalar(1 - settings.beta1));
        square.mul_(new Scalar(settings.beta2));
        square.addcmul_(gradient, gradient, new Scalar(1 - settings.beta2));
        Tensor denominator = square.sqrt();
        denominator.div_(new Scalar(Math.sqrt(correction2)));
        denominator.add_(new Scalar(settings.epsilon));
        parameter.addcdiv_(mean, denominator, new Scalar(-rate / correction1));
      }
    });
  }

  /** Matrices and tables; biases and the scales of LayerNorms are vectors, whatever their names. */
  private static boolean decays(Tensor parameter) {
    return parameter.dim() > 1;
  }

  private static Tensor moment(SequencedMap<String, Tensor> moments, String name) {
    Tensor moment = moments.get(name);
    if (moment == null) {
      throw new IllegalStateException("no moment of [" + name + "]");
    }
    return moment;
  }

  /** Sets all gradients to 0. */
  public void forgetGradients() {
    for (Tensor parameter : parameters.values()) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        Tensor gradient = parameter.grad();
        if (gradient.defined()) {
          gradient.zero_();
        }
      }
    }
  }

  /** Steps done, on which the corrections of the first steps depend. */
  public long steps() {
    return steps;
  }

  /** Goes on from restored moments. */
  public void continueFrom(long stepsDone) {
    steps = stepsDone;
  }

  /** Running means of gradients by parameter; the optimiser's own tensors. */
  public SequencedMap<String, Tensor> means() {
    return Collections.unmodifiableSequencedMap(means);
  }

  /** Running means of squared gradients by parameter; the optimiser's own tensors. */
  public SequencedMap<String, Tensor> squares() {
    return Collections.unmodifiableSequencedMap(squares);
  }

  @Override
  public void close() {
    means.values().forEach(Tensor::close);
    squares.values().forEach(Tensor::close);
  }
}
