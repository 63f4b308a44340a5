/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.nio.file.Path;
import org.stillrank.testing.SharedFiles;

/** A config of everything that needs no model, on the collection of eight documents. */
final class TinyConfig {
  private TinyConfig() {}

  static Path dataHome() {
    return SharedFiles.project("trainer/src/test/resources");
  }

  static String yaml() {
    return """
    name: tiny
    start: {location: nowhere, licence: MIT}
    max_length: 64
    max_query_length: 32
    sources:
      - {kind: judged, collection: tiny, split: train, retrievers: [bm25], licence: ours, lists_per_query: 2, begins: 0.5, ends: 1.0}
      - {kind: title, collection: tiny, retrievers: [bm25], licence: ours, lists_per_query: 1, begins: 0.0, ends: 0.5}
      - {kind: sentence, collection: tiny, retrievers: [bm25], licence: ours, lists_per_query: 1, begins: 0.0, ends: 1.0}
    candidates: {depth: 8, negatives: 3, hardest: 1.0, false_negative_margin: 0.5}
    teacher:
      bi_encoders: []
      bm25_weight: 1.0
      run_files: []
    never_near:
      - {collection: tiny, split: test}
    objectives:
      - {kind: margin-mse, weight: 1.0}
    optimisation: {learning_rate: 1.0e-4, warmup: 0.1, steps: 10, queries_per_step: 2, documents_per_query: 4, accumulation: 1, clip: 1.0, weight_decay: 0.0, dropout: 0.0, seed: 12}
    validation: {collection: tiny, split: train, queries: 2, depth: 8, every: 5, measure: nDCG@10}
    checkpoint_every: 5
    threads: 1
    output: runs/tiny
    export: fp32
    """;
  }
}
