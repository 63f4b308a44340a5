/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What the hub says a file's content hashes to: the SHA-256 of a large file (Git LFS), the SHA-1 of
 * git's blob of a small one. Both come as its ETag.
 *
 * @param kind which of the two
 * @param hex lower-case hexadecimal digits
 */
public record Checksum(Kind kind, String hex) {

  /** The two ways in which the hub hashes. */
  public enum Kind {
    SHA_256,
    GIT_BLOB_SHA_1
  }

  /** The checksum in an ETag; empty when the tag is something else. */
  static Optional<Checksum> ofEntityTag(String tag) {
    String hex = tag.replaceFirst("^W/", "").replace("\"", "").toLowerCase(Locale.ROOT);
    if (hex.matches("[0-9a-f]{64}")) {
      return Optional.of(new Checksum(Kind.SHA_256, hex));
    }
    return hex.matches("[0-9a-f]{40}")
        ? Optional.of(new Checksum(Kind.GIT_BLOB_SHA_1, hex))
        : Optional.empty();
  }

  /** The same kind of checksum of a file here. */
  Checksum of(Path file) throws IOException {
    MessageDigest digest = digest(kind == Kind.SHA_256 ? "SHA-256" : "SHA-1");
    if (kind == Kind.GIT_BLOB_SHA_1) {
      digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return new Checksum(kind, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }

  /** Such as {@code SHA-256 0a1b...}. */
  @Override
  public String toString() {
    return (kind == Kind.SHA_256 ? "SHA-256 " : "git blob SHA-1 ") + hex;
  }
}
