/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.pickle;

/**
 * A Python class or function that a pickle names.
 *
 * @param module such as {@code collections}
 * @param name such as {@code OrderedDict}
 */
public record PickleGlobal(String module, String name) {
  /** {@code module.name}. */
  @Override
  public String toString() {
    return module + "." + name;
  }
}
