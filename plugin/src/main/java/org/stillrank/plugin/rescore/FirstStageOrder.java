/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.stillrank.reranker.scale.RelevanceScale;

/** Hits that keep the first stage's order, below every reranked hit of any shard. */
final class FirstStageOrder {
  private FirstStageOrder() {}

  /** New hits; the given ones stay as they are. */
  static ScoreDoc[] of(ScoreDoc[] hits) {
    ScoreDoc[] kept = new ScoreDoc[hits.length];
    for (int i = 0; i < hits.length; i++) {
      kept[i] =
          new ScoreDoc(hits[i].doc, RelevanceScale.ofFirstStage(hits[i].score), hits[i].shardIndex);
    }
    return kept;
  }

  /** The given hits themselves, for the server returns them after a search timeout. */
  static void applyTo(ScoreDoc[] hits) {
    for (ScoreDoc hit : hits) {
      hit.score = RelevanceScale.ofFirstStage(hit.score);
      if (hit instanceof FieldDoc sorted) {
        sorted.fields[0] = hit.score;
      }
    }
  }
}
