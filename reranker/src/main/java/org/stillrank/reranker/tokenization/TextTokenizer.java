/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Encodes single texts with their special tokens, as bi-encoders read them. Truncation and padding
 * written into the file are ignored. Threads may share one.
 */
public final class TextTokenizer implements AutoCloseable {
  private static final String PROBE = "one two three";

  private final NativeTokenizer tokenizer;
  private final int[] prefix;
  private final int[] suffix;

  private TextTokenizer(NativeTokenizer tokenizer, int[] prefix, int[] suffix) {
    this.tokenizer = tokenizer;
    this.prefix = prefix;
    this.suffix = suffix;
  }

  /**
   * Opens a {@code tokenizer.json}.
   *
   * @throws InvalidInputException when the file is not one
   * @throws IOException when the file cannot be read
   */
  public static TextTokenizer open(Path tokenizerJson) throws IOException {
    NativeTokenizer tokenizer = NativeTokenizer.open(tokenizerJson);
    try {
      int length = tokenizer.encode(PROBE).length;
      NativeEncoding whole = tokenizer.encodeWithSpecials(PROBE);
      int start = 0;
      while (start < whole.special().length && whole.special()[start] == 1) {
        start++;
      }
      int[] prefix = Arrays.copyOf(whole.ids(), start);
      int[] suffix = Arrays.copyOfRange(whole.ids(), start + length, whole.ids().length);
      return new TextTokenizer(tokenizer, prefix, suffix);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** The ids of a text with special tokens, at most {@code maxLength} in all. */
  public int[] encode(String text, int maxLength) {
    return encode(List.of(text), maxLength).getFirst();
  }

  /** The ids of each text with special tokens, at most {@code maxLength} for each. */
  public List<int[]> encode(List<String> texts, int maxLength) {
    int room = maxLength - prefix.length - suffix.length;
    if (room < 1) {
      throw new InvalidInputException(
          "max_length [" + maxLength + "] leaves no token beside the special ones; raise it");
    }
    return Stream.of(tokenizer.encode(texts)).map(ids -> withSpecials(ids, room)).toList();
  }

  private int[] withSpecials(int[] ids, int room) {
    int kept = Math.min(ids.length, room);
    int[] whole = Arrays.copyOf(prefix, prefix.length + kept + suffix.length);
    System.arraycopy(ids, 0, whole, prefix.length, kept);
    System.arraycopy(suffix, 0, whole, prefix.length + kept, suffix.length);
    return whole;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
