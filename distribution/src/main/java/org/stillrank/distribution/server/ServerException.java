/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server that does not do what it should; the message ends with the end of its log. */
public final class ServerException extends IOException {
  private static final int LINES = 30;

  ServerException(String what, Path log) throws IOException {
    super(what + "; the end of [" + log + "]:\n" + end(log));
  }

  private static String end(Path log) throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
