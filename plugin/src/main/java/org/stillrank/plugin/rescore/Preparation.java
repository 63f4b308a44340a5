/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.admission.Admission;

/**
 * What a clause has asked for on its shard before the first stage runs.
 *
 * @param model whether its model is to be loaded
 * @param turn where its ticket will be; null before it was asked for
 */
record Preparation(Model model, @Nullable AtomicReference<Admission.@Nullable Ticket> turn) {
  static final Preparation NONE = new Preparation(Model.NOT_ASKED, null);

  enum Model {
    NOT_ASKED,
    ASKED
  }

  Preparation withModelAsked() {
    return new Preparation(Model.ASKED, turn);
  }

  Preparation withTurn(AtomicReference<Admission.@Nullable Ticket> asked) {
    return new Preparation(model, asked);
  }

  /** What lets the window in; one without a place kept where nobody has waited. */
  Admission.Ticket ticket(Admission admission) {
    Admission.Ticket came = turn == null ? null : turn.get();
    return came == null ? admission.unannounced() : came;
  }
}
