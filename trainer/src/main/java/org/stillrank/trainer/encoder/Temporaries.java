/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Frees the Java handles of a computation as soon as its result is there. What backward needs is
 * held by libtorch's graph; everything else would stay allocated until the end of the step.
 */
final class Temporaries {
  private Temporaries() {}

  /** The result belongs to the scope that is open around the call, or to the caller without one. */
  static Tensor discarding(Supplier<Tensor> computation) {
    @Nullable PointerScope outer = PointerScope.getInnerScope();
    try (PointerScope inner = new PointerScope()) {
      Tensor result = computation.get();
      if (outer == null) {
        result.retainReference();
      } else {
        outer.attach(result);
      }
      return result;
    }
  }
}
