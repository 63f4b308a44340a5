/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.graph;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Walks the fields of one protobuf message (protobuf.dev/programming-guides/encoding). */
final class ProtobufFields {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final ByteBuffer content;
  private int number;
  private int type;

  ProtobufFields(ByteBuffer content) {
    this.content = content;
  }

  /** Moves to the next field; its value has then to be taken or skipped. */
  boolean next() {
    if (!content.hasRemaining()) {
      return false;
    }
    long tag = varint();
    number = (int) (tag >>> 3);
    type = (int) (tag & 7);
    return true;
  }

  int number() {
    return number;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!content.hasRemaining()) {
        throw new MalformedException("it ends inside a number");
      }
      byte next = content.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedException("it has a number of more than 64 bits");
  }

  /** The numbers of a repeated field, which may come one by one or packed. */
  void varints(LongConsumer each) {
    if (type != LENGTH_DELIMITED) {
      each.accept(varint());
      return;
    }
    ProtobufFields packed = message();
    while (packed.content.hasRemaining()) {
      each.accept(packed.varint());
    }
  }

  ByteBuffer bytes() {
    if (type != LENGTH_DELIMITED) {
      throw new MalformedException("field " + number + " is of the wrong type");
    }
    long length = varint();
    if (length < 0 || length > content.remaining()) {
      throw new MalformedException(
          "a part of " + length + " bytes is announced where " + content.remaining() + " remain");
    }
    ByteBuffer part = content.slice(content.position(), (int) length);
    content.position(content.position() + (int) length);
    return part;
  }

  ProtobufFields message() {
    return new ProtobufFields(bytes());
  }

  void skip() {
    switch (type) {
      case VARINT -> varint();
      case FIXED64 -> advance(Long.BYTES);
      case LENGTH_DELIMITED -> bytes();
      case FIXED32 -> advance(Integer.BYTES);
      default -> throw new MalformedException("it has a field of unknown type " + type);
    }
  }

  private void advance(int bytes) {
    if (bytes > content.remaining()) {
      throw new MalformedException("it ends inside a number");
    }
    content.position(content.position() + bytes);
  }

  /** The bytes are not a protobuf message. */
  static final class MalformedException extends RuntimeException {
    MalformedException(String message) {
      super(message);
    }
  }
}
