/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.mapper.IndexFieldMapper;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.SearchHits;
import org.elasticsearch.search.fetch.subphase.FetchFieldsContext;
import org.elasticsearch.search.fetch.subphase.FieldAndFormat;
import org.elasticsearch.search.internal.SearchContext;
import org.elasticsearch.search.rank.RankShardResult;
import org.elasticsearch.search.rank.context.RankFeaturePhaseRankShardContext;
import org.elasticsearch.search.rank.feature.RankFeatureDoc;
import org.elasticsearch.search.rank.feature.RankFeatureShardResult;
import org.stillrank.plugin.tokens.IndexedTokens;
import org.stillrank.plugin.tokens.PassageTokensFieldType;

/**
 * The token ids of a shard's hits, for the node that scores them. They are sent as {@link
 * PassageTokensFieldType#IDS} writes them; that a hit's index has no such field is told as {@link
 * TextFeatures} tells that one keeps no texts.
 */
final class TokenFeatures extends RankFeaturePhaseRankShardContext {
  private final String tokens;

  TokenFeatures(String tokens) {
    super(tokens);
    this.tokens = tokens;
  }

  @Override
  public void prepareForFetch(SearchContext context) {
    List<FieldAndFormat> wanted = new ArrayList<>();
    if (context.getSearchExecutionContext().getFieldType(tokens)
        instanceof PassageTokensFieldType) {
      wanted.add(new FieldAndFormat(IndexFieldMapper.NAME, null, true));
      wanted.add(new FieldAndFormat(tokens, PassageTokensFieldType.IDS, true));
    }
    context.fetchFieldsContext(new FetchFieldsContext(wanted));
  }

  @Override
  public RankShardResult buildRankFeatureShardResult(SearchHits hits, int shard) {
    List<RankFeatureDoc> documents = new ArrayList<>();
    for (SearchHit hit : hits.getHits()) {
      RankFeatureDoc document = new RankFeatureDoc(hit.docId(), hit.getScore(), shard);
      document.featureData(
          hit.field(IndexFieldMapper.NAME) == null ? TextFeatures.UNREADABLE : List.of(ids(hit)));
      documents.add(document);
    }
    return new RankFeatureShardResult(documents.toArray(RankFeatureDoc[]::new));
  }

  private String ids(SearchHit hit) {
    DocumentField found = hit.field(tokens);
    return found == null ? IndexedTokens.NOT_SENT : found.<String>getValue();
  }
}
