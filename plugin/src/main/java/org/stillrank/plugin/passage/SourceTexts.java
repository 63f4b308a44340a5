/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.passage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.elasticsearch.search.lookup.Source;
import org.elasticsearch.search.lookup.SourceProvider;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.passage.PassageText;
import org.stillrank.reranker.scoring.ScoredText;

/**
 * Passages out of {@code _source}. Values of a list are joined by a space; numbers and truth values
 * are written out; of an object all values count, in the order of the document.
 */
public final class SourceTexts {
  private final SourceProvider provider;
  private final List<String> fields;

  /**
   * @param provider of the shard, synthetic source included
   * @param fields in the order in which their texts are joined
   */
  public SourceTexts(SourceProvider provider, List<String> fields) {
    this.provider = provider;
    this.fields = fields;
  }

  /**
   * What is wrong with an index that keeps no source (400).
   *
   * @param index how a message calls it
   */
  public static IllegalArgumentException lacking(String index) {
    return new IllegalArgumentException(
        "[cross_encoder] reads texts from [_source], which "
            + index
            + " does not keep; enable it in the mapping and index again");
  }

  /**
   * The passages of some documents; empty where a document has no text in any of the fields.
   *
   * @param documents ids within the searcher, in any order
   * @param between runs before each document; may throw to give up
   * @return in the order of the documents
   */
  public List<String> read(
      List<LeafReaderContext> leaves, int[] documents, String separator, Runnable between)
      throws IOException {
    String[] passages = new String[documents.length];
    for (int place : DocumentOrder.of(documents)) {
      between.run();
      int document = documents[place];
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
      Source source = provider.getSource(leaf, document - leaf.docBase);
      passages[place] = joined(source, fields, separator);
    }
    return Arrays.asList(passages);
  }

  /** The text that fields of a source make; empty when it has none of them. */
  public static String joined(Source source, List<String> fields, String separator) {
    List<String> texts = new ArrayList<>(fields.size());
    for (String field : fields) {
      List<String> words = new ArrayList<>();
      collect(source.extractValue(field, null), words);
      texts.add(String.join(" ", words));
    }
    return ScoredText.beginning(PassageText.join(texts, separator));
  }

  private static void collect(@Nullable Object value, List<String> into) {
    switch (value) {
      case null -> {}
      case Map<?, ?> object -> object.values().forEach(each -> collect(each, into));
      case Collection<?> list -> list.forEach(each -> collect(each, into));
      default -> {
        String text = value.toString();
        if (!text.isBlank()) {
          into.add(text);
        }
      }
    }
  }
}
