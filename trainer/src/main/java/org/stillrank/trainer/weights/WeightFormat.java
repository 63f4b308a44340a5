/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.nio.file.Path;
import java.util.SequencedMap;

/** How a folder keeps a model's weights; the first of these that it has is read. */
public enum WeightFormat {
  /** One file of safetensors. */
  SAFETENSORS("model.safetensors"),
  /** Several files of safetensors and their index. */
  SAFETENSORS_SHARDS("model.safetensors.index.json"),
  /** One file of {@code torch.save}. */
  TORCH("pytorch_model.bin"),
  /** Several files of {@code torch.save} and their index. */
  TORCH_SHARDS("pytorch_model.bin.index.json"),
  /** The fp32 export of a PyTorch model. */
  ONNX("model.onnx");

  private final String fileName;

  WeightFormat(String fileName) {
    this.fileName = fileName;
  }

  /** The file to look for in a model's folder. */
  public String fileName() {
    return fileName;
  }

  SequencedMap<String, FloatTensor> read(Path file) {
    return switch (this) {
      case SAFETENSORS -> SafetensorsFile.read(file);
      case SAFETENSORS_SHARDS -> ShardIndex.of(file).read(SafetensorsFile::read);
      case TORCH -> TorchFile.read(file);
      case TORCH_SHARDS -> ShardIndex.of(file).read(TorchFile::read);
      case ONNX -> OnnxWeights.read(file).tensors();
    };
  }
}
