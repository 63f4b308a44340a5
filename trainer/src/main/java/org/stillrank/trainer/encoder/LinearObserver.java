/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import org.bytedeco.pytorch.Tensor;

/** Sees what goes into the linear layers of an encoder while it scores. */
@FunctionalInterface
public interface LinearObserver {
  /** Looks at nothing. */
  LinearObserver NONE = (weight, input) -> {};

  /**
   * @param weight name of the layer's weight
   * @param input [..., in]; the encoder's, not to be kept
   */
  void sees(String weight, Tensor input);
}
