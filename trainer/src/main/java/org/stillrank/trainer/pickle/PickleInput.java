/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.stillrank.reranker.input.InvalidInputException;

/** The bytes of one or several pickles, and where in them the reader is. */
public final class PickleInput {
  private static final int LONGEST_LINE = 1_000;

  private final String source;
  private final InputStream in;
  private long position;

  /**
   * @param source names the file in errors
   * @param in read to the end of the pickle and no further; the caller's to close
   */
  public PickleInput(String source, InputStream in) {
    this.source = source;
    this.in = in;
  }

  /** Bytes read so far. */
  public long position() {
    return position;
  }

  int unsignedByte() throws IOException {
    return bytes(1).get() & 0xff;
  }

  int unsignedShort() throws IOException {
    return bytes(2).getShort() & 0xffff;
  }

  int signedInt() throws IOException {
    return bytes(4).getInt();
  }

  double bigEndianDouble() throws IOException {
    return bytes(8).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  /** Two's complement, least byte first. */
  Object wideInteger(int length) throws IOException {
    byte[] little = bytes(length).array();
    byte[] big = new byte[length + 1];
    big[0] = (byte) (length > 0 && little[length - 1] < 0 ? -1 : 0);
    for (int i = 0; i < length; i++) {
      big[length - i] = little[i];
    }
    BigInteger value = new BigInteger(big);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  String utf8(int length) throws IOException {
    return new String(bytes(length).array(), StandardCharsets.UTF_8);
  }

  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
      if (line.length() == LONGEST_LINE) {
        throw damaged("a name has more than " + LONGEST_LINE + " letters");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private ByteBuffer bytes(int length) throws IOException {
    // Grows with what is there, so that a length that lies costs nothing.
    byte[] read = length < 0 ? new byte[0] : in.readNBytes(length);
    if (read.length != length) {
      throw damaged("it ends too early");
    }
    position += length;
    return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
  }

  InvalidInputException damaged(String what) {
    return new InvalidInputException(
        "["
            + source
            + "] is no pickle of weights: "
            + what
            + ", at byte "
            + position
            + "; fetch it again, or use safetensors");
  }

  InvalidInputException forbidden(PickleGlobal global) {
    return new InvalidInputException(
        "["
            + source
            + "] wants to run ["
            + global
            + "]; nothing in it was executed; use safetensors, or a file that holds only tensors");
  }
}
