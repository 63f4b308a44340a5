/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.util.function.Consumer;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.index.query.QueryRewriteAsyncAction;
import org.stillrank.plugin.admission.Admission;

/** A search's wait for its turn on a shard: one, however many clauses it has. */
final class AwaitedTurn extends QueryRewriteAsyncAction<Admission.Ticket, AwaitedTurn> {
  private final Consumer<ActionListener<Admission.Ticket>> wait;

  AwaitedTurn(Consumer<ActionListener<Admission.Ticket>> wait) {
    this.wait = wait;
  }

  @Override
  protected void execute(Client client, ActionListener<Admission.Ticket> listener) {
    wait.accept(listener);
  }

  @Override
  public int doHashCode() {
    return AwaitedTurn.class.hashCode();
  }

  @Override
  public boolean doEquals(AwaitedTurn other) {
    return true;
  }
}
