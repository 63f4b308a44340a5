/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.tokens;

import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.elasticsearch.index.mapper.IndexType;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.ValueFetcher;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.jspecify.annotations.Nullable;

/** A field that holds token ids for one model; it is read by rerankers and nobody else. */
public final class PassageTokensFieldType extends MappedFieldType {
  /** A format of the server's {@code fields}: a document's value as Base64. Without it, none. */
  public static final String IDS = "ids";

  private final String model;
  private final List<String> fields;

  PassageTokensFieldType(String name, String model, List<String> fields, Map<String, String> meta) {
    super(name, IndexType.docValuesOnly(), false, meta);
    this.model = model;
    this.fields = List.copyOf(fields);
  }

  /** Whose tokenizer made them. */
  public String model() {
    return model;
  }

  /** Whose texts they are, in the order in which these are joined. */
  public List<String> fields() {
    return fields;
  }

  @Override
  public ValueFetcher valueFetcher(SearchExecutionContext context, @Nullable String format) {
    return IDS.equals(format) ? new TokenFetcher(name()) : ValueFetcher.EMPTY;
  }

  @Override
  public String typeName() {
    return PassageTokensFieldMapper.TYPE;
  }

  @Override
  public Query termQuery(Object value, SearchExecutionContext context) {
    throw new IllegalArgumentException(
        "field ["
            + name()
            + "] of type ["
            + typeName()
            + "] holds token ids, which are not searched; search "
            + fields);
  }
}
