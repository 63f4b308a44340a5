/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.random.RandomGenerator;

/** How the numbers of a new parameter are drawn. */
public sealed interface Initial {

  /** The next number. */
  double draw(RandomGenerator random);

  /** The same number everywhere. */
  record Constant(double value) implements Initial {
    @Override
    public double draw(RandomGenerator random) {
      return value;
    }
  }

  /** Normal around 0. */
  record Normal(double deviation) implements Initial {
    @Override
    public double draw(RandomGenerator random) {
      return random.nextGaussian() * deviation;
    }
  }

  /** Normal around 0; what falls beyond {@code cutoff} deviations is drawn again. */
  record TruncatedNormal(double deviation, double cutoff) implements Initial {
    @Override
    public double draw(RandomGenerator random) {
      double drawn = random.nextGaussian();
      while (Math.abs(drawn) > cutoff) {
        drawn = random.nextGaussian();
      }
      return drawn * deviation;
    }
  }
}
