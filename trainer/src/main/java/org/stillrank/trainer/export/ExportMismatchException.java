/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.nio.file.Path;

/** A written ONNX file does not answer what the trainer computed; nothing was exported. */
public final class ExportMismatchException extends RuntimeException {
  private ExportMismatchException(String message) {
    super(message);
  }

  static ExportMismatchException ofPair(Path file, int pair, float runtime, float trained) {
    return new ExportMismatchException(
        "["
            + file.getFileName()
            + "] answers ["
            + runtime
            + "] for pair "
            + pair
            + " of the check, the trainer ["
            + trained
            + "]; nothing was exported, report this with the weights");
  }

  static ExportMismatchException ofSpread(Path file, double error, double spread) {
    return new ExportMismatchException(
        "["
            + file.getFileName()
            + "] is ["
            + error
            + "] away from the trainer (root mean square) where logits spread by ["
            + spread
            + "]; nothing was exported, choose fp32 or int8-weights for this network");
  }
}
