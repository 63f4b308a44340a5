/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.elasticsearch.threadpool.ThreadPool;
import org.stillrank.plugin.admission.SearchThreadLimit;
import org.stillrank.plugin.cache.ScoreCache;
import org.stillrank.plugin.model.ModelRegistry;
import org.stillrank.plugin.slowlog.SlowLog;

/** What reranking needs of its node. Several nodes may share a process, so none of it is static. */
public record RescoreServices(
    ModelRegistry models,
    SearchThreadLimit limit,
    RescorePolicy policy,
    ScoreCache cache,
    SlowLog slowLog,
    ThreadPool threads) {}
