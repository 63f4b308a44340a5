/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.nio.file.Path;

/** A written ONNX file does not answer what the trainer computed; nothing was exported. */
public final class ExportMismatchException extends RuntimeException {
  ExportMismatchException(Path file, int pair, float runtime, float trained) {
    super(
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
}
