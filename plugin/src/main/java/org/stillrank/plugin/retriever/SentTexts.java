/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.search.rank.feature.RankFeatureDoc;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.plugin.passage.SourceTexts;
import org.stillrank.plugin.rescore.Clause;
import org.stillrank.plugin.tokens.IndexedTokens;
import org.stillrank.plugin.tokens.IndexedTokens.Found;
import org.stillrank.reranker.passage.PassageText;
import org.stillrank.reranker.scoring.ScoredText;

/** What shards sent of hits, as a model scores it. */
final class SentTexts {
  private SentTexts() {}

  /**
   * In the order of the hits; null where one has no text.
   *
   * @throws IllegalArgumentException when an index has no texts or no token ids to send
   */
  static List<@Nullable ScoredText> of(RankFeatureDoc[] hits, Clause clause, LoadedModel model) {
    return clause.tokens() == null
        ? written(hits, model.bundle().separator())
        : tokenised(hits, clause.tokens(), model);
  }

  private static List<@Nullable ScoredText> written(RankFeatureDoc[] hits, String separator) {
    List<@Nullable ScoredText> texts = new ArrayList<>();
    for (RankFeatureDoc hit : hits) {
      if (hit.featureData.equals(HitFeatures.UNREADABLE)) {
        throw SourceTexts.lacking("an index of this search");
      }
      String text = PassageText.join(hit.featureData, separator);
      texts.add(text.isEmpty() ? null : new ScoredText.Written(text));
    }
    return texts;
  }

  private static List<@Nullable ScoredText> tokenised(
      RankFeatureDoc[] hits, String field, LoadedModel model) {
    List<@Nullable ScoredText> texts = new ArrayList<>();
    List<Found> lacking = new ArrayList<>();
    for (RankFeatureDoc hit : hits) {
      if (hit.featureData.equals(HitFeatures.UNREADABLE)) {
        throw new IllegalArgumentException(
            "[cross_encoder] [tokens] is ["
                + field
                + "], which is no field of type [passage_tokens] in an index of this search; add it"
                + " to the mapping and index again, or give [fields]");
      }
      Found found = found(hit, field, model);
      texts.add(found instanceof Found.Ids ids ? ids.text() : null);
      if (found instanceof Found.Unindexed || found instanceof Found.Foreign) {
        lacking.add(found);
      }
    }
    if (!lacking.isEmpty()) {
      throw new IllegalArgumentException(
          "[cross_encoder] ["
              + lacking.size()
              + "] of ["
              + hits.length
              + "] hits have "
              + (lacking.getFirst() instanceof Found.Foreign
                  ? "token ids in ["
                      + field
                      + "] of another tokenizer than the model's; index them again in a field that"
                      + " is mapped to this model"
                  : "no token ids in [" + field + "]; index them again")
              + " (_update_by_query does), or give [fields]");
    }
    return texts;
  }

  private static Found found(RankFeatureDoc hit, String field, LoadedModel model) {
    try {
      return new IndexedTokens(field, model.tokenFingerprint()).sent(hit.featureData.getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException("token ids of [" + field + "] came in another form", e);
    }
  }
}
