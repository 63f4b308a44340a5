/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.List;

/** One passage: what of the text fits into a pair behind the query. */
enum Beginning implements Passages {
  OF_THE_TEXT;

  /** The whole text; what does not fit is cut where pairs are made. */
  @Override
  public List<Span> spans(int[] query, int[] text) {
    return List.of(new Span(0, text.length));
  }

  @Override
  public int lead() {
    return 0;
  }

  @Override
  public Aggregation aggregation() {
    return Aggregation.max();
  }
}
