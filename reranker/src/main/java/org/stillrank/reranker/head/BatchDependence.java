/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.head;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.stillrank.reranker.graph.OnnxGraph;

/** Whether a passage's score moves with what else is in its batch. */
public enum BatchDependence {
  /** A passage has one score, alone or in any batch. */
  INDEPENDENT,
  /** Scores move with the batch: activations are quantised with one scale for all of it. */
  BATCH_DEPENDENT;

  // Each finds one activation scale for its whole input. (onnx/docs/Operators.md and
  // onnxruntime/docs/ContribOperators.md)
  private static final Set<String> ONE_SCALE_PER_BATCH =
      Set.of("DynamicQuantizeLinear", "DynamicQuantizeMatMul", "DynamicQuantizeLSTM");

  /** What the operators of a graph say; the probe of a head may find more. */
  public static BatchDependence ofOperators(Path onnxFile) throws IOException {
    Set<String> found = new TreeSet<>(OnnxGraph.read(onnxFile).operators().keySet());
    found.retainAll(ONE_SCALE_PER_BATCH);
    return found.isEmpty() ? INDEPENDENT : BATCH_DEPENDENT;
  }

  /** The worse of the two. */
  public BatchDependence or(BatchDependence other) {
    return this == BATCH_DEPENDENT ? this : other;
  }
}
