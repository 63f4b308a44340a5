/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.junit.jupiter.api.Test;
import org.stillrank.trainer.weights.FloatTensor;

class RoundedRowsTest {
  private static final int WIDTH = 24;
  private static final int ROWS = 16;
  private static final int INPUTS = 400;

  @Test
  void theNearestByteIsHalfAStepAwayAtMost() {
    FloatTensor weight =
        new FloatTensor(new long[] {2, 3}, new float[] {1.27f, -0.004f, 0.3f, 0, 0, 0});
    float[] kept = RoundedRows.nearest(weight).values();
    assertThat(kept[0]).isEqualTo(1.27f);
    assertThat(kept[1]).isEqualTo(0f);
    assertThat(kept[2]).isCloseTo(0.3f, within(0.005f));
    assertThat(kept).endsWith(0, 0, 0);
  }

  /** Inputs of real layers depend on each other; of these only four directions are free. */
  @Test
  void compensationMovesAnswersOfDependentInputsLess() {
    Random random = new Random(7);
    FloatTensor weight = gaussian(random, ROWS, WIDTH);
    float[][] inputs = new float[INPUTS][WIDTH];
    FloatTensor mixing = gaussian(random, 4, WIDTH);
    for (float[] input : inputs) {
      for (int direction = 0; direction < 4; direction++) {
        double share = random.nextGaussian();
        for (int i = 0; i < WIDTH; i++) {
          input[i] += (float) (share * mixing.values()[direction * WIDTH + i]);
        }
      }
    }
    double nearest = answerError(weight, RoundedRows.nearest(weight), inputs);
    double compensated =
        answerError(
            weight, RoundedRows.compensated(weight, moments(inputs), ByteRange.EACH), inputs);
    assertThat(compensated).isLessThan(0.5 * nearest);
  }

  /** With independent inputs of one size there is nothing to take back. */
  @Test
  void independentInputsAreRoundedToTheNearest() {
    FloatTensor weight = gaussian(new Random(8), ROWS, WIDTH);
    float[][] axes = new float[WIDTH][WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      axes[i][i] = 1;
    }
    RoundedRows compensated = RoundedRows.compensated(weight, moments(axes), ByteRange.EACH);
    assertThat(compensated.bytes()).isEqualTo(RoundedRows.nearest(weight).bytes());
  }

  /** Products of two neighbours with bytes up to 255 fit 16 bits together. */
  @Test
  void neighboursTogetherAreNotLargerThanAllowed() {
    Random random = new Random(9);
    FloatTensor weight = gaussian(random, ROWS, WIDTH);
    float[][] inputs = new float[INPUTS][];
    Arrays.setAll(inputs, i -> gaussian(random, 1, WIDTH).values());

    RoundedRows rounded = RoundedRows.compensated(weight, moments(inputs), ByteRange.NEIGHBOURS);

    byte[] bytes = rounded.bytes();
    int largest = 0;
    for (int i = 0; i < bytes.length; i += 2) {
      assertThat(255 * (bytes[i] + bytes[i + 1])).isBetween(-(1 << 15), (1 << 15) - 1);
      assertThat((int) bytes[i]).isBetween(-127, 127);
      assertThat((int) bytes[i + 1]).isBetween(-127, 127);
      largest = Math.max(largest, Math.max(Math.abs(bytes[i]), Math.abs(bytes[i + 1])));
    }
    // With a bound of 64 for each, no byte would be larger, and steps 127 / 64 of whole ones.
    assertThat(largest).isGreaterThan(80);
    RoundedRows whole = RoundedRows.compensated(weight, moments(inputs), ByteRange.EACH);
    assertThat(answerError(weight, rounded, inputs))
        .isLessThan(0.9 * 127 / 64 * answerError(weight, whole, inputs));
  }

  @Test
  void aByteGivesWayToItsNeighbour() {
    assertThat(ByteRange.NEIGHBOURS.nearest(90, (byte) 60)).isEqualTo((byte) 68);
    assertThat(ByteRange.NEIGHBOURS.nearest(-90, (byte) -60)).isEqualTo((byte) -68);
    assertThat(ByteRange.NEIGHBOURS.nearest(-90, (byte) 60)).isEqualTo((byte) -90);
    assertThat(ByteRange.NEIGHBOURS.nearest(300, (byte) -1)).isEqualTo((byte) 127);
  }

  private static InputMoments moments(float[][] inputs) {
    double[] flat = new double[inputs.length * WIDTH];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = inputs[i / WIDTH][i % WIDTH];
    }
    InputMoments moments = InputMoments.none(WIDTH);
    try (PointerScope scope = new PointerScope()) {
      moments.add(AbstractTensor.create(flat, inputs.length, WIDTH));
    }
    return moments;
  }

  private static double answerError(FloatTensor weight, RoundedRows rounded, float[][] inputs) {
    float[] kept = rounded.values();
    double error = 0;
    for (float[] input : inputs) {
      for (int row = 0; row < ROWS; row++) {
        double difference = 0;
        for (int i = 0; i < WIDTH; i++) {
          difference += (kept[row * WIDTH + i] - weight.values()[row * WIDTH + i]) * input[i];
        }
        error += difference * difference;
      }
    }
    return Math.sqrt(error);
  }

  private static FloatTensor gaussian(Random random, int rows, int width) {
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FloatTensor(new long[] {rows, width}, values);
  }
}
