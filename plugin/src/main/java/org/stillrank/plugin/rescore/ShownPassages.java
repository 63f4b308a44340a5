/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.common.logging.HeaderWarning;
import org.elasticsearch.search.fetch.FetchContext;
import org.elasticsearch.search.fetch.FetchSubPhase;
import org.elasticsearch.search.fetch.FetchSubPhaseProcessor;
import org.elasticsearch.search.fetch.StoredFieldsSpec;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.search.retriever.rankdoc.RankDocsQuery;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.passage.FoundPassage;

/**
 * Adds to each returned hit the passage that counts most, where a clause or a retriever asks for it
 * with {@code show_passages}. A clause's hits are scored once more here, out of the score cache as
 * a rule.
 */
public final class ShownPassages implements FetchSubPhase {
  /** Where an answer shows them, among a hit's fields. */
  public static final String FIELD = "_passage";

  /** A hit whose passage is known already. */
  public interface Known {
    /** Null when nobody asked for it. */
    @Nullable FoundPassage passage();
  }

  @Override
  public @Nullable FetchSubPhaseProcessor getProcessor(FetchContext fetch) {
    List<CrossEncoderContext> asked =
        fetch.rescore().stream()
            .filter(CrossEncoderContext.class::isInstance)
            .map(CrossEncoderContext.class::cast)
            .filter(context -> context.clause().showPassages())
            .toList();
    Map<Integer, FoundPassage> known = new HashMap<>();
    collect(fetch.query(), known);
    if (asked.isEmpty() && known.isEmpty()) {
      return null;
    }
    return new FetchSubPhaseProcessor() {
      @Override
      public void setNextReader(LeafReaderContext leaf) {}

      @Override
      public void process(HitContext hit) throws IOException {
        int document = hit.hit().docId();
        Optional<FoundPassage> found = Optional.ofNullable(known.get(document));
        // Hits of aggregations and inner hits come here too.
        if (found.isEmpty() && !asked.isEmpty() && asked.getLast().isRescored(document)) {
          found = found(asked.getLast(), fetch.searcher(), document);
        }
        found.ifPresent(
            each -> hit.hit().setDocumentField(new DocumentField(FIELD, List.of(each.shown()))));
      }

      @Override
      public StoredFieldsSpec storedFieldsSpec() {
        return StoredFieldsSpec.NO_REQUIREMENTS;
      }
    };
  }

  /** None where there is none, or where a failure leaves the first stage's hits as they are. */
  private static Optional<FoundPassage> found(
      CrossEncoderContext context, IndexSearcher searcher, int document) throws IOException {
    return context.orFirstStage(
        () -> new WindowScores(context, searcher).passage(document),
        failure -> {
          HeaderWarning.addWarning(
              "[cross_encoder] a passage is not shown: {}", failure.getMessage());
          return Optional.empty();
        });
  }

  /** A retriever's hits come as a query for these documents, with filters around it or none. */
  private static void collect(@Nullable Query query, Map<Integer, FoundPassage> known) {
    if (query instanceof BooleanQuery several) {
      several.clauses().forEach(clause -> collect(clause.query(), known));
    }
    if (query instanceof RankDocsQuery ranked) {
      for (RankDoc hit : ranked.rankDocs()) {
        if (hit instanceof Known reranked && reranked.passage() != null) {
          known.put(hit.doc, reranked.passage());
        }
      }
    }
  }
}
