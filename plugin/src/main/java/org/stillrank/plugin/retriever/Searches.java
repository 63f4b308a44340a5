/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.elasticsearch.tasks.CancellableTask;

/**
 * The searches on a coordinating node that wait for a retriever: the user's, and the one that the
 * server makes of the child, which it does not end with the user's. Either may be given up.
 */
final class Searches {
  private final List<CancellableTask> tasks = new CopyOnWriteArrayList<>();

  void add(CancellableTask task) {
    tasks.add(task);
  }

  /**
   * @throws org.elasticsearch.tasks.TaskCancelledException when one of them was given up
   */
  void ensureWanted() {
    tasks.forEach(CancellableTask::ensureNotCancelled);
  }
}
