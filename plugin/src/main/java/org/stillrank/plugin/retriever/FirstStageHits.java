/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.action.search.SearchPhaseController.TopDocsStats;
import org.elasticsearch.search.query.QuerySearchResult;
import org.elasticsearch.search.rank.rerank.RerankingQueryPhaseRankCoordinatorContext;

/**
 * The best hits of all shards as the first stage has them. With their texts they come back without
 * scores and shard by shard, so what they were is kept here.
 */
final class FirstStageHits extends RerankingQueryPhaseRankCoordinatorContext {
  private record Key(int shard, int document) {}

  private record Hit(int place, float score) {}

  private volatile Map<Key, Hit> hits = Map.of();

  FirstStageHits(int window) {
    super(window);
  }

  @Override
  public ScoreDoc[] rankQueryPhaseResults(List<QuerySearchResult> results, TopDocsStats stats) {
    ScoreDoc[] best = super.rankQueryPhaseResults(results, stats);
    Map<Key, Hit> found = new HashMap<>();
    for (int place = 0; place < best.length; place++) {
      ScoreDoc hit = best[place];
      // The server counts the shards that have an answer, and later asks for texts by shard.
      hit.shardIndex = results.get(hit.shardIndex).getShardIndex();
      found.put(new Key(hit.shardIndex, hit.doc), new Hit(place, hit.score));
    }
    hits = found;
    return best;
  }

  /** How many there are. */
  int count() {
    return hits.size();
  }

  /** Where the first stage has a hit, from 0. */
  int place(ScoreDoc hit) {
    return of(hit).place();
  }

  /** The first stage's score of a hit. */
  float score(ScoreDoc hit) {
    return of(hit).score();
  }

  private Hit of(ScoreDoc hit) {
    Hit found = hits.get(new Key(hit.shardIndex, hit.doc));
    if (found == null) {
      throw new IllegalStateException("[" + hit + "] is no hit of the first stage");
    }
    return found;
  }
}
