/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.junit.jupiter.api.Test;

class InputMomentsTest {
  private static final int WIDTH = 5;
  private static final int INPUTS = 300;
  private static final float[] OFFSETS = {-1.5f, -0.25f, 0, 0.5f, -3};

  /** Both ways to the same numbers: offsets before the moments are taken, and after. */
  @Test
  void offsetsMayComeAfterwards() {
    double[] inputs = gaussian(value -> value + 1);
    double[] less = inputs.clone();
    for (int i = 0; i < less.length; i++) {
      less[i] -= OFFSETS[i % WIDTH];
    }
    int[] order = {0, 1, 2, 3, 4};

    double[][] after = moments(inputs).less(OFFSETS).damped(order);
    double[][] before = moments(less).damped(order);

    for (int row = 0; row < WIDTH; row++) {
      assertThat(after[row]).containsExactly(before[row], within(1e-9 * INPUTS));
    }
    assertThat(moments(inputs).less(OFFSETS).less(negated()).damped(order)[1])
        .containsExactly(moments(inputs).damped(order)[1], within(1e-9 * INPUTS));
  }

  @Test
  void aboveTheirLowestNoneIsBelowZero() {
    InputMoments moments = moments(gaussian(value -> value));

    for (float lowest : moments.lowest()) {
      assertThat(lowest).isLessThan(-1);
    }
    assertThat(moments.less(moments.lowest()).lowest())
        .containsExactly(new float[WIDTH], within(1e-6f));
  }

  @Test
  void whatFollowsAGeluIsOneSidedAndWhatFollowsANormIsNot() {
    assertThat(moments(gaussian(value -> Math.max(value, 0.05 * value))).isOneSided()).isTrue();
    assertThat(moments(gaussian(value -> value)).isOneSided()).isFalse();
    assertThat(moments(gaussian(value -> -Math.abs(value))).isOneSided()).isFalse();
  }

  private static float[] negated() {
    float[] negated = OFFSETS.clone();
    for (int i = 0; i < negated.length; i++) {
      negated[i] = -negated[i];
    }
    return negated;
  }

  private static double[] gaussian(DoubleUnaryOperator what) {
    Random random = new Random(3);
    double[] values = new double[INPUTS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = what.applyAsDouble(2 * random.nextGaussian());
    }
    return values;
  }

  private static InputMoments moments(double[] inputs) {
    InputMoments moments = InputMoments.none(WIDTH);
    try (PointerScope scope = new PointerScope()) {
      moments.add(AbstractTensor.create(inputs, INPUTS, WIDTH));
    }
    return moments;
  }
}
