/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.tokens;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.passage.DocumentOrder;
import org.stillrank.reranker.scoring.ScoredText;

/**
 * Token ids of hits, out of doc values.
 *
 * @param field that holds them
 * @param maker fingerprint of the model's tokenizer; ids of another one are not given
 */
public record IndexedTokens(String field, long maker) {
  /** In place of the ids of a document that has none. */
  public static final String NOT_SENT = "";

  /** What a document has. */
  public sealed interface Found {
    /** The ids of its text. */
    record Ids(ScoredText.Tokenised text) implements Found {}

    /** No text. */
    record Nothing() implements Found {}

    /** No value: it was indexed before the field was in the mapping. */
    record Unindexed() implements Found {}

    /** Ids of another tokenizer. */
    record Foreign() implements Found {}
  }

  /**
   * Reads those of some documents.
   *
   * @param documents ids within the searcher
   * @param between runs before each document; may throw to give up
   * @return in the order of the documents
   */
  public Found[] read(List<LeafReaderContext> leaves, int[] documents, Runnable between)
      throws IOException {
    Found[] found = new Found[documents.length];
    @Nullable LeafReaderContext leaf = null;
    BinaryDocValues values = DocValues.emptyBinary();
    for (int place : DocumentOrder.of(documents)) {
      between.run();
      LeafReaderContext holds = leaves.get(ReaderUtil.subIndex(documents[place], leaves));
      if (holds != leaf) {
        leaf = holds;
        values = DocValues.getBinary(leaf.reader(), field);
      }
      found[place] = read(values, documents[place] - holds.docBase);
    }
    return found;
  }

  private Found read(BinaryDocValues values, int document) throws IOException {
    if (!values.advanceExact(document)) {
      return new Found.Unindexed();
    }
    return read(values.binaryValue());
  }

  /**
   * Of one document, as {@link PassageTokensFieldType#IDS} writes it, or {@link #NOT_SENT}.
   *
   * @throws IOException when it is written in another form
   */
  public Found sent(String ids) throws IOException {
    return ids.equals(NOT_SENT)
        ? new Found.Unindexed()
        : read(new BytesRef(Base64.getDecoder().decode(ids)));
  }

  private Found read(BytesRef bytes) throws IOException {
    TokenValue value = TokenValue.of(bytes);
    if (value.maker() != maker) {
      return new Found.Foreign();
    }
    return value.ids() == null
        ? new Found.Nothing()
        : new Found.Ids(new ScoredText.Tokenised(value.ids()));
  }
}
