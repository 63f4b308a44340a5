/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.collection;

import java.util.List;
import org.stillrank.bench.lines.Line;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.passage.PassageText;

/** A document of a collection; title and text may be empty. */
public record Document(String id, String title, String text) {
  /**
   * The document that a line of a corpus holds.
   *
   * @throws org.stillrank.reranker.input.InvalidInputException if it holds none, with file and line
   */
  public static Document of(Line line) {
    BeirLine fields = BeirLine.parse(line);
    return new Document(fields.id(), fields.title(), fields.text());
  }

  /**
   * Title and text, whichever there are, joined by one space: what BM25 finds and training reads.
   */
  public String passage() {
    return passage(BundleManifest.DEFAULT_SEPARATOR);
  }

  /**
   * What a model reads of the document: title and text, whichever there are.
   *
   * @param separator the model's
   */
  public String passage(String separator) {
    return PassageText.join(List.of(title, text), separator);
  }
}
