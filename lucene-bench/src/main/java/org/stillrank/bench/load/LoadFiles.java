/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * The folder of a measurement: the page {@code load.html} and {@code load.json}, which is removed
 * first and written last, so that a folder with one is complete.
 */
public final class LoadFiles {
  private LoadFiles() {}

  /**
   * Nobody wants to learn after an hour that nothing can be written.
   *
   * @throws InvalidInputException if {@code folder} is a file
   */
  public static void requireFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidInputException("[" + folder + "] is a file; give a folder to write to");
    }
  }

  public static void write(Path folder, LoadReport report) throws IOException {
    requireFolder(folder);
    Path json = folder.resolve("load.json");
    AtomicOutput.delete(json);
    AtomicOutput.text(folder.resolve("load.html"), LoadPage.of(report));
    AtomicOutput.text(json, LoadJson.of(report));
  }
}
