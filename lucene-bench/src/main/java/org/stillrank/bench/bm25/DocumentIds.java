/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.SortedDocValues;

/**
 * The ids of an index in memory, sorted by their UTF-8 bytes, and for each document number the rank
 * of its id: the order in which equal scores are listed.
 */
record DocumentIds(String[] sorted, int[] ranks) {
  static DocumentIds of(IndexReader reader) throws IOException {
    SortedDocValues values = MultiDocValues.getSortedValues(reader, IndexFields.ID);
    if (values == null) {
      return new DocumentIds(new String[0], new int[0]);
    }
    int[] ranks = new int[reader.maxDoc()];
    for (int doc = values.nextDoc(); doc != SortedDocValues.NO_MORE_DOCS; doc = values.nextDoc()) {
      ranks[doc] = values.ordValue();
    }
    String[] sorted = new String[values.getValueCount()];
    for (int rank = 0; rank < sorted.length; rank++) {
      sorted[rank] = values.lookupOrd(rank).utf8ToString();
    }
    return new DocumentIds(sorted, ranks);
  }

  String at(int rank) {
    return sorted[rank];
  }

  Set<String> all() {
    return new HashSet<>(Arrays.asList(sorted));
  }
}
