/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that tests use and the project does not own: collections, tokenizers and fixtures beside
 * the checkout, and the project's own folders. A test whose file is missing is skipped and says
 * which.
 */
public final class SharedFiles {
  private SharedFiles() {}

  /** A file or folder below the shared folder; skips the calling test when it is not there. */
  public static Path shared(String relative) {
    Path path = Path.of(System.getProperty("stillrank.shared", "../../shared")).resolve(relative);
    assumeTrue(
        Files.exists(path), () -> "skipped: [" + path + "] is missing; set -Dstillrank.shared");
    return path.toAbsolutePath().normalize();
  }

  /** A file or folder of the project itself, named from its root. */
  public static Path project(String relative) {
    return Path.of(System.getProperty("stillrank.root", ".."))
        .resolve(relative)
        .toAbsolutePath()
        .normalize();
  }
}
