/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.scoring.ScoredText;
import org.stillrank.reranker.scoring.ScoringRequest;

/** The keys of a request's texts. */
final class ScoreKeys {
  private final MessageDigest common;

  /**
   * @param model what tells it from every other one, also from an earlier one of its name
   */
  ScoreKeys(String model, ScoringRequest request) {
    try {
      common = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    add(model);
    add(request.query());
    add(PassageOptions.spelled(request.passages()));
  }

  private void add(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    // With its length, so that "ab" and "c" are not "a" and "bc".
    common.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    common.update(bytes);
  }

  /** Token ids and the text they are of have different keys: neither knows of the other. */
  ScoreKey of(ScoredText text) {
    byte[] bytes =
        switch (text) {
          case ScoredText.Written written -> written.text().getBytes(StandardCharsets.UTF_8);
          case ScoredText.Tokenised tokenised -> {
            ByteBuffer ids = ByteBuffer.allocate(1 + Integer.BYTES * tokenised.ids().length);
            // No byte of UTF-8 is this one.
            ids.put((byte) 0xff).asIntBuffer().put(tokenised.ids());
            yield ids.array();
          }
        };
    try {
      MessageDigest digest = (MessageDigest) common.clone();
      ByteBuffer sum = ByteBuffer.wrap(digest.digest(bytes));
      return new ScoreKey(sum.getLong(), sum.getLong());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's SHA-256 can be cloned", e);
    }
  }
}
