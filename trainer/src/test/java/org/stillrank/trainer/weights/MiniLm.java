/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** all-MiniLM-L6-v2 as ONNX, out of a jar on the tests' class path. */
public final class MiniLm {
  private MiniLm() {}

  public static Path onnx(Path folder) throws IOException {
    return copy("all-minilm-l6-v2.onnx", folder);
  }

  public static Path tokenizer(Path folder) throws IOException {
    return copy("all-minilm-l6-v2-tokenizer.json", folder);
  }

  private static Path copy(String name, Path folder) throws IOException {
    Path target = folder.resolve(name);
    try (InputStream in = MiniLm.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException("[" + name + "] is not on the class path");
      }
      Files.copy(in, target);
    }
    return target;
  }
}
