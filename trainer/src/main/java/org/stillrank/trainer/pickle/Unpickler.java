/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.pickle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * The part of pickle protocol 2 that {@code torch.save} writes. Values are {@code Long} or {@code
 * BigInteger}, {@code Double}, {@code Boolean}, {@code String}, {@link PickleNone}, {@code List}
 * (tuples too), {@code LinkedHashMap}, and whatever {@link PickleObjects} makes. Classes and
 * functions are looked up there and nowhere else, so a pickle can do nothing but describe data.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">the opcodes</a>
 */
public final class Unpickler {
  private final PickleInput in;
  private final PickleObjects objects;
  private final PickleStack stack;
  private final Map<Integer, Object> memo = new HashMap<>();

  private Unpickler(PickleInput in, PickleObjects objects) {
    this.in = in;
    this.objects = objects;
    this.stack = new PickleStack(in);
  }

  /**
   * Reads one pickle.
   *
   * @throws InvalidInputException when it is cut off or malformed, or names what {@code objects}
   *     does not know
   */
  public static Object load(PickleInput in, PickleObjects objects) throws IOException {
    return new Unpickler(in, objects).run();
  }

  private Object run() throws IOException {
    for (int opcode = in.unsignedByte(); opcode != '.'; opcode = in.unsignedByte()) {
      switch (opcode) {
        case 0x80 -> protocol(in.unsignedByte());
        case 'q' -> memo.put(in.unsignedByte(), stack.peek());
        case 'r' -> memo.put(in.signedInt(), stack.peek());
        case '(' -> stack.mark();
        case 'b' -> build();
        case 's' -> stack.put(stack.pop(2));
        case 'u' -> stack.put(stack.popSinceMark());
        case 'a' -> stack.append(stack.pop(1));
        case 'e' -> stack.append(stack.popSinceMark());
        default -> stack.push(value(opcode));
      }
    }
    return stack.pop();
  }

  private Object value(int opcode) throws IOException {
    return switch (opcode) {
      case 'N' -> PickleNone.NONE;
      case 0x88 -> Boolean.TRUE;
      case 0x89 -> Boolean.FALSE;
      case 'K' -> (long) in.unsignedByte();
      case 'M' -> (long) in.unsignedShort();
      case 'J' -> (long) in.signedInt();
      case 0x8a -> in.wideInteger(in.unsignedByte());
      case 'G' -> in.bigEndianDouble();
      case 'X' -> in.utf8(in.signedInt());
      case '}' -> new LinkedHashMap<Object, Object>();
      case ']' -> new ArrayList<Object>();
      case ')' -> List.of();
      case 't' -> List.copyOf(stack.popSinceMark());
      case 0x85, 0x86, 0x87 -> List.copyOf(stack.pop(opcode - 0x84));
      case 'h' -> recalled(in.unsignedByte());
      case 'j' -> recalled(in.signedInt());
      case 'c' -> global(new PickleGlobal(in.line(), in.line()));
      case 'R' -> reduce();
      case 'Q' -> objects.persistent(stack.pop());
      default ->
          throw in.damaged("the opcode [0x" + Integer.toHexString(opcode) + "] is not known");
    };
  }

  private void protocol(int version) {
    if (version != 2) {
      throw in.damaged("its protocol is [" + version + "], torch's is 2");
    }
  }

  private PickleGlobal global(PickleGlobal named) {
    if (!objects.knows(named)) {
      throw in.forbidden(named);
    }
    return named;
  }

  private Object reduce() {
    Object arguments = stack.pop();
    if (stack.pop() instanceof PickleGlobal function && arguments instanceof List<?> list) {
      return objects.call(function, list);
    }
    throw in.damaged("something is called that is no function");
  }

  /** The state of a dictionary is its attributes, such as the versions of layers: no weights. */
  private void build() {
    stack.pop();
    if (!(stack.peek() instanceof Map)) {
      throw in.damaged("an object that is no dictionary has a state");
    }
  }

  private Object recalled(int key) {
    Object known = memo.get(key);
    if (known == null) {
      throw in.damaged("the memo has no entry " + key);
    }
    return known;
  }
}
