/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.source;

import java.io.IOException;
import java.util.List;
import org.stillrank.bench.collection.Document;

/** The queries of one source, and how it shows the documents that are not relevant. */
public interface QuerySource {

  /** All queries, in the order of their file. */
  List<TrainingQuery> queries() throws IOException;

  /**
   * What the student and the teachers read of a document. Relevant and other documents are shown
   * alike, so that their looks give nothing away. Empty for a document that cannot be shown.
   */
  String shown(Document document);
}
