/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells whether two models make the same token ids of the same fields. */
public final class TokenFingerprint {
  private TokenFingerprint() {}

  /**
   * Of a tokenizer and what it is given.
   *
   * @param separator between fields
   */
  public static long of(String tokenizerSha256, String separator) {
    try {
      byte[] both = (tokenizerSha256 + separator).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(both)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
