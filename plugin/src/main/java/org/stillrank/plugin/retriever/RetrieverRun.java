/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.threadpool.Scheduler;
import org.elasticsearch.threadpool.ThreadPool;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.passage.FoundPassage;
import org.stillrank.plugin.rescore.Deadline;

/**
 * What the coordinating node knows of a retriever while it runs. The server makes a search of the
 * child and takes its hits from that search's answer, so what else is known is kept here.
 */
final class RetrieverRun {
  private record Key(int shard, int document) {
    static Key of(ScoreDoc hit) {
      return new Key(hit.shardIndex, hit.doc);
    }
  }

  private final List<CancellableTask> searches = new CopyOnWriteArrayList<>();
  private final Map<Key, FoundPassage> passages = new ConcurrentHashMap<>();

  /** A search that waits for it: the user's, or the child's, which does not end with the user's. */
  void belongsTo(CancellableTask search) {
    searches.add(search);
  }

  /**
   * @throws org.elasticsearch.tasks.TaskCancelledException when one of the searches was given up
   */
  void ensureWanted() {
    searches.forEach(CancellableTask::ensureNotCancelled);
  }

  /**
   * A listener that is answered once: by whoever answers it, when the time is over, or when one of
   * the searches is given up.
   */
  <T> ActionListener<T> answeredOnce(
      ActionListener<T> listener, Deadline deadline, ThreadPool threads) {
    ActionListener<T> once = ActionListener.notifyOnce(listener);
    for (CancellableTask search : searches) {
      search.addListener(
          () -> once.onFailure(new TaskCancelledException("the search was given up")));
    }
    TimeValue left = deadline.left();
    if (left == null) {
      return once;
    }
    Scheduler.ScheduledCancellable timer =
        threads.schedule(() -> once.onFailure(deadline.over()), left, threads.generic());
    return ActionListener.runBefore(once, timer::cancel);
  }

  void found(ScoreDoc hit, FoundPassage passage) {
    passages.put(Key.of(hit), passage);
  }

  /** The passage of a hit that counts most; null when nobody asked for it. */
  @Nullable FoundPassage passage(ScoreDoc hit) {
    return passages.get(Key.of(hit));
  }
}
