/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.stillrank.reranker.handle.Lifetime;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.CharacterSpan;

/**
 * Hugging Face's Rust tokenizers, for the ids alone.
 *
 * <p>It calls the native functions of DJL's artifact directly: DJL's own class copies words, spans
 * and masks of every token to Java, and reports its use to a server when it is created. Truncation
 * and padding written into the file are switched off; the caller decides.
 */
final class NativeTokenizer implements AutoCloseable {
  private final Path file;
  private final long pointer;
  private final NativeHandle handle;
  private final Lifetime lifetime;

  private NativeTokenizer(Path file, long pointer) {
    this.file = file;
    this.pointer = pointer;
    this.lifetime = new Lifetime("the tokenizer [" + file + "]");
    this.handle =
        NativeHandle.ownedBy(
            this,
            "tokenizer",
            file.toString(),
            () -> TokenizersLibrary.LIB.deleteTokenizer(pointer));
  }

  static NativeTokenizer open(Path tokenizerJson) throws IOException {
    String json = Files.readString(tokenizerJson);
    loadLibrary();
    long pointer;
    try {
      pointer = TokenizersLibrary.LIB.createTokenizerFromString(json);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "["
              + tokenizerJson
              + "] is not a tokenizer.json that Hugging Face tokenizers can read ("
              + e.getMessage()
              + "); copy the file again or save it with a fast tokenizer",
          e);
    }
    TokenizersLibrary.LIB.disableTruncation(pointer);
    TokenizersLibrary.LIB.disablePadding(pointer);
    return new NativeTokenizer(tokenizerJson, pointer);
  }

  // DJL looks for its library through the thread's context class loader, which inside a server is
  // not the one that has it.
  private static void loadLibrary() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(NativeTokenizer.class.getClassLoader());
    try {
      LibUtils.checkStatus();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The ids of a text without special tokens, computed by the calling thread. */
  int[] encode(String text) {
    return lifetime.during(() -> {
      TokenizersLibrary library = TokenizersLibrary.LIB;
      long encoding = library.encode(pointer, WellFormed.text(text), false);
      try {
        return toInts(library.getTokenIds(encoding));
      } finally {
        library.deleteEncoding(encoding);
      }
    });
  }

  /**
   * The ids of each text, {@code [texts][length]}, without special tokens. Of more than one they
   * are computed by threads that all tokenizers of a process share: as many as processors, begun by
   * the first such call.
   */
  int[][] encode(List<String> texts) {
    if (texts.size() == 1) {
      return new int[][] {encode(texts.getFirst())};
    }
    return lifetime.during(() -> {
      String[] whole = texts.stream().map(WellFormed::text).toArray(String[]::new);
      long[] encodings = TokenizersLibrary.LIB.batchEncode(pointer, whole, false);
      int[][] ids = new int[encodings.length][];
      try {
        for (int i = 0; i < ids.length; i++) {
          ids[i] = toInts(TokenizersLibrary.LIB.getTokenIds(encodings[i]));
        }
        return ids;
      } finally {
        for (long encoding : encodings) {
          TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
      }
    });
  }

  /** From the start of a text's token to the end of another one. */
  CharacterSpan characters(String text, int firstToken, int lastToken) {
    return lifetime.during(() -> {
      TokenizersLibrary library = TokenizersLibrary.LIB;
      long encoding = library.encode(pointer, WellFormed.text(text), false);
      try {
        CharSpan[] spans = library.getTokenCharSpans(encoding);
        // Rust counts code points, of which a pair of surrogates is one.
        return new CharacterSpan(
            text.offsetByCodePoints(0, spans[firstToken].getStart()),
            text.offsetByCodePoints(0, spans[lastToken].getEnd()));
      } finally {
        library.deleteEncoding(encoding);
      }
    });
  }

  /** The whole encoding of a text, with special tokens. */
  NativeEncoding encodeWithSpecials(String text) {
    return lifetime.during(() ->
        NativeEncoding.take(TokenizersLibrary.LIB.encode(pointer, WellFormed.text(text), true)));
  }

  /** The whole encoding of a pair, with special tokens. */
  NativeEncoding encodeWithSpecials(String first, String second) {
    return lifetime.during(() ->
        NativeEncoding.take(
            TokenizersLibrary.LIB.encodeDual(
                pointer, WellFormed.text(first), WellFormed.text(second), true)));
  }

  static int[] toInts(long[] ids) {
    int[] ints = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ints[i] = Math.toIntExact(ids[i]);
    }
    return ints;
  }

  Path file() {
    return file;
  }

  @Override
  public void close() {
    lifetime.end(handle::close);
  }
}
