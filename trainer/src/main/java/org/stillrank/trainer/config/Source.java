/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Training queries and their relevant passages, taken from a BEIR folder.
 *
 * @param kind what plays the query
 * @param collection the folder's name below the data home, or a path
 * @param split the qrels file of judged queries; only for {@link Kind#JUDGED}
 * @param retrievers which find candidates: {@code bm25} or names of bi-encoders
 * @param licence SPDX name or words, copied into the bundle
 * @param listsPerQuery lists drawn for each query, with other negatives each
 * @param maxQueries queries drawn at random when there are more; null takes all
 * @param seed of the sentences that {@link Kind#SENTENCE} takes; the training's own when not given.
 *     With another one, a second source of the same collection asks other questions
 * @param excerpts which passages are shown in part; null shows all whole
 * @param begins where in the order of training the source's lists begin, 0 to below 1
 * @param ends where they end, above {@code begins} to 1
 */
public record Source(
    Kind kind,
    String collection,
    @Nullable String split,
    List<String> retrievers,
    String licence,
    int listsPerQuery,
    @Nullable Integer maxQueries,
    @Nullable Integer seed,
    @Nullable Excerpts excerpts,
    double begins,
    double ends) {

  /** What plays the query. */
  public enum Kind {
    /** Topics with qrels. */
    JUDGED,
    /** A document's title; passages are shown without their titles. */
    TITLE,
    /** A sentence of an abstract; its document is shown without that sentence. */
    SENTENCE
  }

  public Source {
    retrievers = List.copyOf(retrievers);
    Bound.notEmpty("retrievers", retrievers);
    if ((kind == Kind.JUDGED) != (split != null)) {
      throw new InvalidInputException(
          kind == Kind.JUDGED
              ? "[split] is missing; name the qrels file of the judged queries, such as train"
              : "[split] is ["
                  + split
                  + "]; only kind judged has qrels, so remove it from this source");
    }
    Bound.atLeast("lists_per_query", listsPerQuery, 1);
    if (maxQueries != null) {
      Bound.atLeast("max_queries", maxQueries, 1);
    }
    if (seed != null && kind != Kind.SENTENCE) {
      throw new InvalidInputException("[seed] is only for kind sentence; remove it");
    }
    Bound.fraction("begins", begins);
    if (!(ends > begins && ends <= 1)) {
      throw new InvalidInputException(
          "[ends] is [" + ends + "]; it must be above begins [" + begins + "] and at most 1");
    }
  }

  /** Whether its queries are the judged ones of a split. */
  public boolean isJudgedBy(String judgedCollection, String judgedSplit) {
    return kind == Kind.JUDGED && collection.equals(judgedCollection) && judgedSplit.equals(split);
  }

  /** A short name for reports, such as {@code scifact/train} or {@code scifact/title}. */
  public String label() {
    return label(collection, split != null ? split : kind.name().toLowerCase(Locale.ROOT));
  }

  static String label(String collection, String part) {
    return collection.substring(collection.lastIndexOf('/') + 1) + "/" + part;
  }
}
