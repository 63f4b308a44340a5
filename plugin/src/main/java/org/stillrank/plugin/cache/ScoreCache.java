/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.cache;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.cache.Cache;
import org.elasticsearch.common.cache.CacheBuilder;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.Scored;
import org.stillrank.reranker.scoring.ScoredPassage;
import org.stillrank.reranker.scoring.ScoredText;
import org.stillrank.reranker.scoring.ScoringRequest;

/**
 * Scores that a node has computed, so that further pages, repeated queries and variants of a search
 * cost no model's time twice. A text's score depends on nothing but the model's files, the query,
 * the passages and the text, and all of them are in its key: nothing ever has to be invalidated.
 */
public final class ScoreCache {
  /**
   * More than an entry takes on the heap with its key and the cache's own links: of 300,000 each
   * took 226 bytes, and 272 without compressed pointers.
   */
  static final long BYTES_OF_ENTRY = 320;

  /** What scores the texts that are not there. */
  @FunctionalInterface
  public interface Scorer {
    /** As {@code CrossEncoder.measured}. */
    Scored score(ScoringRequest request, Cancellation cancellation);
  }

  private record Entry(float logit, ScoredPassage passage) {}

  private volatile @Nullable Cache<ScoreKey, Entry> cache;
  private volatile long bytes;

  /**
   * @param size 0 keeps nothing
   */
  public ScoreCache(ByteSizeValue size) {
    resize(size);
  }

  /** Begins anew with this size. */
  public void resize(ByteSizeValue size) {
    bytes = size.getBytes();
    cache =
        size.getBytes() < BYTES_OF_ENTRY
            ? null
            : CacheBuilder.<ScoreKey, Entry>builder()
                .setMaximumWeight(size.getBytes())
                .weigher((key, entry) -> BYTES_OF_ENTRY)
                .build();
  }

  /**
   * Scores a request's texts, of which the model sees those only that have no score yet.
   *
   * @param model what tells it from every other one, also from an earlier one of its name
   * @return all scores; tokens, batches and times of those that were computed
   */
  public Scored score(
      String model, ScoringRequest request, Cancellation cancellation, Scorer scorer) {
    Cache<ScoreKey, Entry> present = cache;
    if (present == null) {
      return scorer.score(request, cancellation);
    }
    ScoreKeys keys = new ScoreKeys(model, request);
    List<ScoreKey> ofTexts = request.texts().stream().map(keys::of).toList();
    List<@Nullable Entry> entries = new ArrayList<>();
    List<ScoredText> missing = new ArrayList<>();
    for (int i = 0; i < ofTexts.size(); i++) {
      @Nullable Entry found = present.get(ofTexts.get(i));
      entries.add(found);
      if (found == null) {
        missing.add(request.texts().get(i));
      }
    }
    Scored computed = scorer.score(request.withTexts(missing), cancellation);
    int next = 0;
    float[] logits = new float[entries.size()];
    List<ScoredPassage> winners = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      Entry entry = entries.get(i);
      if (entry == null) {
        entry = new Entry(computed.logits()[next], computed.winners().get(next++));
        present.put(ofTexts.get(i), entry);
      }
      logits[i] = entry.logit();
      winners.add(entry.passage());
    }
    return computed.withScores(logits, winners);
  }

  /** The numbers of this moment, since the size was set. */
  public ScoreCacheStatistics statistics() {
    Cache<ScoreKey, Entry> present = cache;
    return present == null
        ? new ScoreCacheStatistics(bytes, 0, 0, 0, 0, 0)
        : new ScoreCacheStatistics(
            bytes,
            present.count(),
            present.weight(),
            present.stats().getHits(),
            present.stats().getMisses(),
            present.stats().getEvictions());
  }
}
