/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.util.function.DoubleFunction;
import org.stillrank.bench.rerank.Blend;
import org.stillrank.bench.rerank.LogitTotal;
import org.stillrank.bench.rerank.WeightedTotal;

/** A {@code score_mode} that adds a weighted first stage, as it is spelled in a clause. */
enum WeightedMode {
  total(WeightedTotal::new),
  logit_total(LogitTotal::new);

  private final DoubleFunction<Blend> blend;

  WeightedMode(DoubleFunction<Blend> blend) {
    this.blend = blend;
  }

  Blend weighted(double queryWeight) {
    return blend.apply(queryWeight);
  }
}
