/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.pickle;

import java.util.List;

/** What the names in a pickle may stand for; everything that is not known here is refused. */
public interface PickleObjects {
  /** Whether the pickle may name this class or function at all. */
  boolean knows(PickleGlobal global);

  /**
   * What a known function answers.
   *
   * @throws org.stillrank.reranker.input.InvalidInputException when the arguments are not its own
   */
  Object call(PickleGlobal function, List<?> arguments);

  /**
   * The object outside of the pickle that a persistent id names.
   *
   * @throws org.stillrank.reranker.input.InvalidInputException when it is no id of this kind
   */
  Object persistent(Object id);
}
