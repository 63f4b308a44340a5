/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.stillrank.bench.lines.LineFile;

/**
 * Tells one corpus and one way to index it from every other.
 *
 * @param digits the first 16 hex digits of the SHA-256 over the unpacked bytes and the settings
 * @param lines the line ends on the way, for a progress bar
 */
record CorpusFingerprint(String digits, long lines) {
  private static final int BUFFER = 1 << 16;
  private static final int DIGITS = 16;

  static CorpusFingerprint of(Path corpus, String settings) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    long lines = 0;
    try (InputStream in = LineFile.unpacked(corpus)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    digest.update(settings.getBytes(StandardCharsets.UTF_8));
    return new CorpusFingerprint(
        HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS), lines);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
