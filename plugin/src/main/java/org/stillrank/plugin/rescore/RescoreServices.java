/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.stillrank.plugin.admission.Admission;
import org.stillrank.plugin.cache.ScoreCache;
import org.stillrank.plugin.model.ModelRegistry;
import org.stillrank.plugin.slowlog.SlowLog;
import org.stillrank.plugin.slowlog.SlowRescoring;
import org.stillrank.plugin.slowlog.SlowRetrievers;

/** What reranking needs of its node. Several nodes may share a process, so none of it is static. */
public record RescoreServices(
    ModelRegistry models,
    Admission admission,
    RescorePolicy policy,
    ScoreCache cache,
    SlowLog slowLog,
    SlowRetrievers slowRetrievers,
    ThreadPool threads) {

  /** What a slow log tells of a window that this thread's search asks for. */
  public SlowRescoring.Window window(String model, int documents) {
    return new SlowRescoring.Window(
        model, documents, threads.getThreadContext().getHeader(Task.X_OPAQUE_ID_HTTP_HEADER));
  }
}
