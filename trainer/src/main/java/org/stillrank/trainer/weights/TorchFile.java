/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SequencedMap;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * A state dict that {@code torch.save} wrote, {@code pytorch_model.bin} on the Hugging Face hub.
 * Such a file is a Python program; here it is read as data, and nothing that it asks for is run.
 */
public final class TorchFile {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] LEGACY = {(byte) 0x80, 2, (byte) 0x8a, 10};

  private TorchFile() {}

  /**
   * Reads all weights as float32; float16 and bfloat16 are widened, float64 is narrowed. Views,
   * transposed tensors and shared storages come out as torch shows them. {@link IntegerBuffers}
   * says what happens to whole numbers.
   *
   * @throws InvalidInputException when the file is missing, cut off or malformed, or when it names
   *     a function or class that a state dict of tensors does not need
   */
  public static SequencedMap<String, FloatTensor> read(Path file) {
    try {
      byte[] first = new byte[4];
      try (InputStream in = Files.newInputStream(file)) {
        in.readNBytes(first, 0, first.length);
      }
      if (Arrays.equals(first, ZIP)) {
        return TorchZip.read(file);
      }
      if (Arrays.equals(first, LEGACY)) {
        return TorchLegacyFile.read(file);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "[" + file + "] cannot be read: " + e + "; check that it is there", e);
    }
    throw new InvalidInputException(
        "[" + file + "] is no file of torch.save; fetch it again, or use safetensors");
  }
}
