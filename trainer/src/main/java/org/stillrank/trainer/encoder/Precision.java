/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * In which numbers an encoder's layers are computed. Parameters, their gradients, the optimiser and
 * the scoring head are float32 in either case.
 */
public enum Precision {
  FLOAT32 {
    @Override
    Tensor computing(torch.DeviceType device, Supplier<Tensor> layers) {
      return layers.get();
    }
  },

  /**
   * Matrix products and attention in bfloat16 as libtorch's autocast chooses them: more than twice
   * as fast on processors with AVX512-BF16 or AMX, with about three significant digits.
   */
  BFLOAT16 {
    @Override
    Tensor computing(torch.DeviceType device, Supplier<Tensor> layers) {
      // Each weight is used once per pass, so a cache of converted weights could only go stale.
      boolean cached = torch.is_autocast_cache_enabled();
      Context context = torch.globalContext();
      boolean fused = context.userEnabledFlashSDP();
      torch.set_autocast_cache_enabled(false);
      torch.set_autocast_dtype(device, torch.ScalarType.BFloat16);
      torch.set_autocast_enabled(device, true);
      // libtorch's fused attention on CPUs multiplies bfloat16 without the processor's help.
      context.setSDPUseFlash(fused && device != torch.DeviceType.CPU);
      try {
        return layers.get();
      } finally {
        context.setSDPUseFlash(fused);
        torch.set_autocast_enabled(device, false);
        torch.set_autocast_cache_enabled(cached);
      }
    }
  };

  /** Runs the layers, which compute on this device; the result may be of either type. */
  abstract Tensor computing(torch.DeviceType device, Supplier<Tensor> layers);
}
