/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.pickle;

/** Python's {@code None}. */
public enum PickleNone {
  NONE
}
