/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.index.mapper.IndexFieldMapper;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.SearchHits;
import org.elasticsearch.search.rank.RankShardResult;
import org.elasticsearch.search.rank.context.RankFeaturePhaseRankShardContext;
import org.elasticsearch.search.rank.feature.RankFeatureDoc;
import org.elasticsearch.search.rank.feature.RankFeatureShardResult;

/**
 * What a shard sends of its hits to the node that scores them. An index that has nothing to send is
 * told by its hits, for an error of a shard would only take them away: the hit then lacks the field
 * {@code _index}, which is fetched only where there is something.
 */
abstract class HitFeatures extends RankFeaturePhaseRankShardContext {
  /** What is sent of a hit whose index has nothing to send. */
  static final List<String> UNREADABLE = List.of();

  HitFeatures(String field) {
    super(field);
  }

  /** Of a hit whose index has something to send. */
  abstract List<String> of(SearchHit hit);

  @Override
  public RankShardResult buildRankFeatureShardResult(SearchHits hits, int shard) {
    List<RankFeatureDoc> documents = new ArrayList<>();
    for (SearchHit hit : hits.getHits()) {
      RankFeatureDoc document = new RankFeatureDoc(hit.docId(), hit.getScore(), shard);
      document.featureData(isReadable(hit) ? of(hit) : UNREADABLE);
      documents.add(document);
    }
    return new RankFeatureShardResult(documents.toArray(RankFeatureDoc[]::new));
  }

  /** Another object is asked for the fields, and the hit alone tells what it has found. */
  private static boolean isReadable(SearchHit hit) {
    return hit.field(IndexFieldMapper.NAME) != null;
  }
}
