/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.Version;

/**
 * What an index keeps of a document: the terms with their frequencies, and the id. Positions and
 * the text itself would double the time to build it and BM25 asks for neither.
 */
final class IndexFields {
  static final String ID = "id";
  static final String CONTENTS = "contents";
  static final FieldType TERMS_AND_FREQUENCIES = termsAndFrequencies();

  /** Changes whenever an index of before would answer differently; part of its folder's name. */
  static final String SETTINGS =
      "standard-possessive-lower-stop-porter, title and text, frequencies, ids, Lucene "
          + Version.LATEST;

  private IndexFields() {}

  private static FieldType termsAndFrequencies() {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }
}
