/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.mapper.IndexFieldMapper;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.fetch.subphase.FetchFieldsContext;
import org.elasticsearch.search.fetch.subphase.FieldAndFormat;
import org.elasticsearch.search.internal.SearchContext;
import org.stillrank.reranker.scoring.ScoredText;

/**
 * The texts of a shard's hits, one for each field, for the node that scores them. Values of a list
 * are joined by a space. They come through the server's {@code fields}, which knows no objects. An
 * index has them to send when it keeps its {@code _source}.
 */
final class TextFeatures extends HitFeatures {
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
  List<String> of(SearchHit hit) {
    return fields.stream().map(field -> text(hit, field)).toList();
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
