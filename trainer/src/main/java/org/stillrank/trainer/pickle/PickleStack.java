/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.pickle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values that a pickle's opcodes leave for the next ones, and the marks between them. */
final class PickleStack {
  private final PickleInput in;
  private final List<Object> values = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();

  /**
   * @param in says where a pickle is damaged
   */
  PickleStack(PickleInput in) {
    this.in = in;
  }

  void push(Object value) {
    values.add(value);
  }

  void mark() {
    marks.push(values.size());
  }

  Object peek() {
    if (values.isEmpty()) {
      throw in.damaged("its stack is empty");
    }
    return values.getLast();
  }

  Object pop() {
    return pop(1).getFirst();
  }

  /** Takes the last values off, in the order in which they were pushed. */
  List<Object> pop(int count) {
    if (count > values.size()) {
      throw in.damaged("its stack is empty");
    }
    List<Object> tail = values.subList(values.size() - count, values.size());
    List<Object> taken = new ArrayList<>(tail);
    tail.clear();
    return taken;
  }

  List<Object> popSinceMark() {
    Integer mark = marks.poll();
    if (mark == null || mark > values.size()) {
      throw in.damaged("a mark is missing");
    }
    return pop(values.size() - mark);
  }

  /** Adds to the list on top. */
  @SuppressWarnings("unchecked") // Unpickler alone pushes an ArrayList
  void append(List<Object> added) {
    if (!(peek() instanceof ArrayList<?> list)) {
      throw in.damaged("a value is added to what is no list");
    }
    ((List<Object>) list).addAll(added);
  }

  /**
   * Adds to the dictionary on top.
   *
   * @param entries keys and values in turn
   */
  @SuppressWarnings("unchecked") // Unpickler and OrderedDict alone push a LinkedHashMap
  void put(List<Object> entries) {
    if (!(peek() instanceof LinkedHashMap<?, ?> map) || entries.size() % 2 != 0) {
      throw in.damaged("an entry is put into what is no dictionary, or lacks its value");
    }
    for (int i = 0; i < entries.size(); i += 2) {
      Object key = entries.get(i);
      // Other keys could hold themselves, and would then have no hash.
      if (!(key instanceof String || key instanceof Long)) {
        throw in.damaged("a key is neither text nor number");
      }
      ((Map<Object, Object>) map).put(key, entries.get(i + 1));
    }
  }
}
