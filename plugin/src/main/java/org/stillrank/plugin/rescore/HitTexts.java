/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.lookup.SourceFilter;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.plugin.passage.FoundPassage;
import org.stillrank.plugin.passage.SourceTexts;
import org.stillrank.plugin.tokens.IndexedTokens;
import org.stillrank.plugin.tokens.IndexedTokens.Found;
import org.stillrank.plugin.tokens.PassageTokensFieldType;
import org.stillrank.reranker.scoring.ScoredText;

/** What a clause's model is shown of hits of a shard: texts in {@code _source}, or token ids. */
final class HitTexts {
  private final Clause clause;
  private final SearchExecutionContext shard;
  private final LoadedModel model;
  private final List<LeafReaderContext> leaves;
  private final Runnable between;

  /**
   * @param between runs before each document; may throw to give up
   */
  HitTexts(
      Clause clause,
      SearchExecutionContext shard,
      LoadedModel model,
      List<LeafReaderContext> leaves,
      Runnable between) {
    this.clause = clause;
    this.shard = shard;
    this.model = model;
    this.leaves = leaves;
    this.between = between;
  }

  /** In the order of the documents; null where one has no text. */
  List<@Nullable ScoredText> of(int[] documents) throws IOException {
    return clause.tokens() == null
        ? fromSource(clause.fields(), documents)
        : indexed(tokens(clause.tokens()), documents);
  }

  /** Whether texts can be read, as token ids can where none are kept. */
  boolean areWritten() {
    return shard.isSourceEnabled();
  }

  /** The passage of a document that counts most, as it is written; none where it has no text. */
  Optional<FoundPassage> found(int document, TextScore score) throws IOException {
    if (score.passage() == null) {
      return Optional.empty();
    }
    List<String> fields =
        clause.tokens() == null ? clause.fields() : tokens(clause.tokens()).fields();
    String text = texts(fields, new int[] {document}).getFirst();
    return Optional.of(FoundPassage.in(text, score.passage(), model));
  }

  private List<@Nullable ScoredText> fromSource(List<String> fields, int[] documents)
      throws IOException {
    List<@Nullable ScoredText> texts = new ArrayList<>();
    for (String text : texts(fields, documents)) {
      texts.add(text.isEmpty() ? null : new ScoredText.Written(text));
    }
    return texts;
  }

  private List<String> texts(List<String> fields, int[] documents) throws IOException {
    if (!areWritten()) {
      throw SourceTexts.lacking("index [" + index() + "]");
    }
    SourceFilter filter = new SourceFilter(fields.toArray(String[]::new), null);
    return new SourceTexts(shard.createSourceProvider(filter), fields)
        .read(leaves, documents, model.bundle().separator(), between);
  }

  private PassageTokensFieldType tokens(String name) {
    MappedFieldType type = shard.getFieldType(name);
    if (!(type instanceof PassageTokensFieldType tokens)) {
      throw new IllegalArgumentException(
          "[cross_encoder] [tokens] is ["
              + name
              + "], which is no field of type [passage_tokens] in index ["
              + index()
              + "]; add it to the mapping and index again, or give [fields]");
    }
    return tokens;
  }

  private List<@Nullable ScoredText> indexed(PassageTokensFieldType field, int[] documents)
      throws IOException {
    Found[] found =
        new IndexedTokens(field.name(), model.tokenFingerprint()).read(leaves, documents, between);
    List<@Nullable ScoredText> texts = new ArrayList<>();
    List<Integer> lacking = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      texts.add(found[i] instanceof Found.Ids ids ? ids.text() : null);
      if (found[i] instanceof Found.Unindexed || found[i] instanceof Found.Foreign) {
        lacking.add(i);
      }
    }
    if (lacking.isEmpty()) {
      return texts;
    }
    if (clause.withoutTokens() == WithoutTokens.FAIL) {
      throw lack(field, found[lacking.getFirst()], lacking.size(), found.length);
    }
    int[] documentsOfThem = lacking.stream().mapToInt(i -> documents[i]).toArray();
    List<@Nullable ScoredText> read = fromSource(field.fields(), documentsOfThem);
    for (int i = 0; i < documentsOfThem.length; i++) {
      texts.set(lacking.get(i), read.get(i));
    }
    return texts;
  }

  private IllegalArgumentException lack(
      PassageTokensFieldType field, Found first, int lacking, int hits) {
    String why =
        first instanceof Found.Foreign
            ? "token ids in ["
                + field.name()
                + "] that another tokenizer made ("
                + otherTokenizer(field)
                + ")"
            : "no token ids in ["
                + field.name()
                + "], for they were indexed before it was mapped, or on a node without model ["
                + field.model()
                + "]";
    return new IllegalArgumentException(
        "[cross_encoder] ["
            + lacking
            + "] of ["
            + hits
            + "] hits of index ["
            + index()
            + "] have "
            + why
            + "; "
            + (isForAnother(field) && first instanceof Found.Foreign
                // A field keeps its model, and indexed again it would have the same ids.
                ? "add a field for [" + clause.model() + "] to the mapping and "
                : "")
            + "index them again (_update_by_query does), or set [without_tokens] to [source]");
  }

  private String otherTokenizer(PassageTokensFieldType field) {
    return isForAnother(field)
        ? "the mapping says model [" + field.model() + "], the clause [" + clause.model() + "]"
        : "model [" + clause.model() + "] had other files when they were indexed";
  }

  private boolean isForAnother(PassageTokensFieldType field) {
    return !field.model().equals(clause.model());
  }

  private String index() {
    return shard.getFullyQualifiedIndex().getName();
  }
}
