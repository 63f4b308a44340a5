/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.LongHeap;
import org.apache.lucene.util.NumericUtils;

/**
 * Keeps the best hits by score, equal scores by document id. A hit is one long, score above and
 * inverted id rank below, because comparing longs is far cheaper than Lucene's sort by a string
 * field and gives the same order.
 */
final class TopHits extends SimpleCollector {
  private final int[] idRanks;
  private final int hits;
  private final LongHeap heap;
  private int base;
  private Scorable scorer = new Unscored();

  /**
   * @param idRanks document number of the whole index to the rank of its id among all ids
   */
  TopHits(int[] idRanks, int hits) {
    this.idRanks = idRanks;
    this.hits = hits;
    this.heap = new LongHeap(hits);
  }

  /** The hits best first, each as {@link #score} and {@link #idRank} read it. Empties this. */
  long[] drain() {
    long[] best = new long[heap.size()];
    for (int i = best.length - 1; i >= 0; i--) {
      best[i] = heap.pop();
    }
    return best;
  }

  static float score(long hit) {
    return NumericUtils.sortableIntToFloat((int) (hit >> Integer.SIZE));
  }

  static int idRank(long hit) {
    return Integer.MAX_VALUE - (int) hit;
  }

  @Override
  public void collect(int document) throws IOException {
    float score = scorer.score();
    long high = (long) NumericUtils.floatToSortableInt(score) << Integer.SIZE;
    heap.insertWithOverflow(high | (Integer.MAX_VALUE - idRanks[base + document]));
    tellWhatIsHopeless();
  }

  @Override
  public void setScorer(Scorable newScorer) throws IOException {
    scorer = newScorer;
    tellWhatIsHopeless();
  }

  @Override
  protected void doSetNextReader(LeafReaderContext context) {
    base = context.docBase;
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.TOP_SCORES;
  }

  private void tellWhatIsHopeless() throws IOException {
    if (heap.size() == hits) {
      scorer.setMinCompetitiveScore(score(heap.top()));
    }
  }

  private static final class Unscored extends Scorable {
    @Override
    public float score() {
      throw new IllegalStateException("no scorer was set");
    }
  }
}
