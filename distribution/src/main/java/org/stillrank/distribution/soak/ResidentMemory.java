/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stillrank.reranker.input.InvalidInputException;

/** Memory of a process as the kernel counts it: heap, natives and all. Linux only. */
public record ResidentMemory(long process) {
  private static final String KEY = "VmRSS:";

  /**
   * Of this moment.
   *
   * @throws InvalidInputException on a system that does not tell
   */
  long bytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process), "status");
    if (!Files.isReadable(status)) {
      throw new InvalidInputException(
          "[" + status + "] cannot be read; resident memory is only known on Linux");
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(KEY)) {
        String kilobytes = line.substring(KEY.length()).replace("kB", "").strip();
        return 1024 * Long.parseLong(kilobytes);
      }
    }
    throw new IOException("[" + status + "] has no [" + KEY + "]; the process has ended");
  }
}
