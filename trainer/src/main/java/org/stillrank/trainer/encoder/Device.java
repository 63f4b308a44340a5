/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Where an encoder computes: where its parameters are. A {@link TokenBatch} is made on the
 * processor, and {@link TransformerEncoder} copies it to its parameters.
 */
public enum Device {
  CPU {
    @Override
    public void open() {}

    @Override
    public void await() {}

    @Override
    torch.DeviceType type() {
      return torch.DeviceType.CPU;
    }
  },

  /**
   * The first NVIDIA GPU, float32 matrices multiplied in TF32 as trainings do there. Written after
   * libtorch's interface; it has not been run on a GPU yet.
   */
  CUDA {
    @Override
    public void open() {
      if (!Context.hasCUDART()) {
        throw new InvalidInputException(
            "device [cuda]: libtorch came without CUDA, or CUDA's libraries were not found; set"
                + " STILLRANK_CUDA=1, which builds with Bytedeco's natives for NVIDIA GPUs, and"
                + " have CUDA 13, cuDNN 9 and NCCL 2 where the system looks for libraries"
                + " (LD_LIBRARY_PATH), or choose [cpu]");
      }
      if (!torch.cuda_is_available()) {
        throw new InvalidInputException(
            "device [cuda]: libtorch has CUDA but finds no GPU; check that nvidia-smi lists one"
                + " and CUDA_VISIBLE_DEVICES hides none, or choose [cpu]");
      }
      torch.globalContext().setAllowTF32CuBLAS(true);
    }

    @Override
    public void await() {
      torch.cuda_synchronize();
    }

    @Override
    torch.DeviceType type() {
      return torch.DeviceType.CUDA;
    }
  };

  /**
   * The device of this name, where case does not matter.
   *
   * @throws InvalidInputException when there is none
   */
  public static Device named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.toString().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "device [" + name + "] is none of " + Arrays.toString(values())));
  }

  /**
   * Makes it ready, before anything is placed there.
   *
   * @throws InvalidInputException saying what is missing when this process cannot compute there
   */
  public abstract void open();

  /** Returns when everything asked of it so far is computed, which a clock must wait for. */
  public abstract void await();

  abstract torch.DeviceType type();

  /** The tensor there, itself or a copy, in a handle that is the caller's. */
  public Tensor place(Tensor tensor) {
    try (org.bytedeco.pytorch.Device there = new org.bytedeco.pytorch.Device(type())) {
      return tensor.to(there, tensor.scalar_type());
    }
  }

  /** The name, as on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
