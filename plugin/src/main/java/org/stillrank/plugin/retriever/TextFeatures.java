/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
import org.stillrank.reranker.scoring.ScoredText;

/**
 * The texts of a shard's hits, one for each field, for the node that scores them. Values of a list
 * are joined by a space. They come through the server's {@code fields}, which knows no objects. An
 * index that keeps no {@code _source} is told by its hits, for an error of a shard would only take
 * them away.
 */
final class TextFeatures extends RankFeaturePhaseRankShardContext {
  /** The texts of a hit whose index keeps no {@code _source}. */
  static final List<String> UNREADABLE = List.of();

  private final List<String> fields;

  /**
   * @param fields at least one
   */
  TextFeatures(List<String> fields) {
    super(fields.getFirst());
    this.fields = fields;
  }

  @Override
  public void prepareForFetch(SearchContext context) {
    List<String> wanted = new ArrayList<>();
    if (context.getSearchExecutionContext().isSourceEnabled()) {
      wanted.add(IndexFieldMapper.NAME);
      wanted.addAll(fields);
    }
    context.fetchFieldsContext(
        new FetchFieldsContext(
            wanted.stream().map(field -> new FieldAndFormat(field, null, true)).toList()));
  }

  @Override
  public RankShardResult buildRankFeatureShardResult(SearchHits hits, int shard) {
    List<RankFeatureDoc> documents = new ArrayList<>();
    for (SearchHit hit : hits.getHits()) {
      RankFeatureDoc document = new RankFeatureDoc(hit.docId(), hit.getScore(), shard);
      document.featureData(
          isReadable(hit) ? fields.stream().map(field -> text(hit, field)).toList() : UNREADABLE);
      documents.add(document);
    }
    return new RankFeatureShardResult(documents.toArray(RankFeatureDoc[]::new));
  }

  /** Another object is asked for the fields, and the hit alone tells what it has found. */
  private static boolean isReadable(SearchHit hit) {
    return hit.field(IndexFieldMapper.NAME) != null;
  }

  private static String text(SearchHit hit, String field) {
    DocumentField found = hit.field(field);
    return found == null
        ? ""
        : ScoredText.beginning(
            found.getValues().stream()
                .map(value -> text(value, field))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(" ")));
  }

  private static String text(Object value, String field) {
    if (value instanceof Map) {
      throw new IllegalArgumentException(
          "[cross_encoder] field ["
              + field
              + "] holds objects; name a field inside them, or use the rescore clause");
    }
    return String.valueOf(value);
  }
}
