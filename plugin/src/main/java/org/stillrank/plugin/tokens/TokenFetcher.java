/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.index.mapper.ValueFetcher;
import org.elasticsearch.search.fetch.StoredFieldsSpec;
import org.elasticsearch.search.lookup.Source;

/** Reads documents' token ids for the server's {@code fields}, and nothing of {@code _source}. */
final class TokenFetcher implements ValueFetcher {
  private final String field;
  private BinaryDocValues values = DocValues.emptyBinary();

  TokenFetcher(String field) {
    this.field = field;
  }

  @Override
  public void setNextReader(LeafReaderContext leaf) {
    try {
      values = DocValues.getBinary(leaf.reader(), field);
    } catch (IOException e) {
      throw new UncheckedIOException("token ids of [" + field + "] cannot be read", e);
    }
  }

  @Override
  public List<Object> fetchValues(Source source, int document, List<Object> ignored)
      throws IOException {
    if (!values.advanceExact(document)) {
      return List.of();
    }
    BytesRef bytes = BytesRef.deepCopyOf(values.binaryValue());
    return List.of(Base64.getEncoder().encodeToString(bytes.bytes));
  }

  @Override
  public StoredFieldsSpec storedFieldsSpec() {
    return StoredFieldsSpec.NO_REQUIREMENTS;
  }
}
