/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.mapper.IndexFieldMapper;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.fetch.subphase.FetchFieldsContext;
import org.elasticsearch.search.fetch.subphase.FieldAndFormat;
import org.elasticsearch.search.internal.SearchContext;
import org.stillrank.plugin.tokens.IndexedTokens;
import org.stillrank.plugin.tokens.PassageTokensFieldType;

/**
 * The token ids of a shard's hits, as {@link PassageTokensFieldType#IDS} writes them. An index has
 * them to send when the field is of that type.
 */
final class TokenFeatures extends HitFeatures {
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
  List<String> of(SearchHit hit) {
    DocumentField found = hit.field(tokens);
    return List.of(found == null ? IndexedTokens.NOT_SENT : found.<String>getValue());
  }
}
