/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The list of a network's parameters while it is written down, from the embeddings to the head. */
final class Parameters {
  private final SequencedMap<String, Parameter> list = new LinkedHashMap<>();
  private Parameter.Part part = Parameter.Part.BODY;

  /** What follows belongs to the head. */
  Parameters head() {
    part = Parameter.Part.HEAD;
    return this;
  }

  Parameters lookup(String name, long rows, long width, Initial initial) {
    return add(name + ".weight", Parameter.Role.LOOKUP, initial, rows, width);
  }

  Parameters table(String name, long rows, long width, Initial initial) {
    return add(name + ".weight", Parameter.Role.TABLE, initial, rows, width);
  }

  Parameters matrix(String name, long out, long in, Initial initial) {
    return add(name + ".weight", Parameter.Role.MATRIX, initial, out, in);
  }

  Parameters linear(String name, long out, long in, Initial initial) {
    return matrix(name, out, in, initial).bias(name, out);
  }

  Parameters norm(String name, long width) {
    return scale(name, width).bias(name, width);
  }

  /** A LayerNorm without bias. */
  Parameters scale(String name, long width) {
    return add(name + ".weight", Parameter.Role.NORM, new Initial.Constant(1), width);
  }

  Parameters bias(String name, long width) {
    return add(name + ".bias", Parameter.Role.BIAS, new Initial.Constant(0), width);
  }

  private Parameters add(String name, Parameter.Role role, Initial initial, long... shape) {
    list.put(name, new Parameter(name, shape, role, part, initial));
    return this;
  }

  /** By name. */
  SequencedMap<String, Parameter> list() {
    return list;
  }
}
