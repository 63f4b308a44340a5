/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.stillrank.trainer.export.OnnxGraph.attribute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.Attention;
import org.stillrank.trainer.encoder.RelativeBuckets;
import org.stillrank.trainer.onnx.TensorProto.DataType;
import org.stillrank.trainer.weights.FloatTensor;

/** Attention as nodes of an ONNX graph. */
final class OnnxAttention {
  /** Large enough that a masked weight is exactly 0, small enough for half precision. */
  private static final double MASKED = -10_000;

  private static final List<Long> BY_HEAD = List.of(0L, 2L, 1L, 3L);
  private static final List<Long> BY_HEAD_TURNED = List.of(0L, 2L, 3L, 1L);

  private final OnnxGraph graph;
  private final Architecture architecture;
  private final String attended;
  private final String paddingBias;

  /**
   * @param attentionMask int64 [batch, length]
   */
  OnnxAttention(OnnxGraph graph, String attentionMask, Architecture architecture) {
    this.graph = graph;
    this.architecture = architecture;
    attended = floats(attentionMask);
    String padding = graph.node("Sub", graph.scalar("unit", 1), attended);
    String bias = graph.node("Mul", padding, graph.scalar("masked", MASKED));
    paddingBias = graph.node("Unsqueeze", bias, graph.longs("heads_and_readers", 1, 2));
  }

  /** 1 for tokens, 0 for padding: [batch, length]. */
  String attended() {
    return attended;
  }

  String apply(String queries, String keys, String values, Attention how, @Nullable String bias) {
    String left = turned(heads(queries, how, BY_HEAD), how);
    String right =
        how.rotaryTheta() == null
            ? heads(keys, how, BY_HEAD_TURNED)
            : transposed(turned(heads(keys, how, BY_HEAD), how), List.of(0L, 1L, 3L, 2L));
    String products = graph.node("MatMul", left, right);
    String scaled = graph.node("Div", products, graph.scalar("head_scale", 1 / how.scale()));
    String biased = bias == null ? scaled : graph.node("Add", scaled, bias);
    String masked = graph.node("Add", biased, mask(queries, keys, how));
    String weights = graph.node("Softmax", List.of(masked), attribute("axis", -1L));
    String context = graph.node("MatMul", weights, heads(values, how, BY_HEAD));
    String shape = graph.longs("joined_heads", 0, 0, architecture.sizes().hidden());
    return graph.node("Reshape", transposed(context, BY_HEAD), shape);
  }

  private String heads(String states, Attention how, List<Long> order) {
    String shape = graph.longs("split_heads", 0, 0, how.heads(), how.headSize());
    return transposed(graph.node("Reshape", states, shape), order);
  }

  private String transposed(String input, List<Long> order) {
    return graph.node("Transpose", List.of(input), attribute("perm", order));
  }

  /** What masks padding and, with a reach, far tokens; it broadcasts to the products. */
  private String mask(String queries, String keys, Attention how) {
    if (how.reach() == null) {
      return paddingBias;
    }
    String far =
        graph.node(
            "Greater",
            graph.node("Abs", distances(queries, keys)),
            graph.longs("reach_" + how.reach(), how.reach()));
    String farBias = graph.node("Mul", floats(far), graph.scalar("masked", MASKED));
    return graph.node("Add", paddingBias, farBias);
  }

  /** A reader's position minus a key's: int64 [readers, length]. */
  private String distances(String readers, String keys) {
    String rows = graph.node("Unsqueeze", indices(readers), graph.longs("one", 1));
    return graph.node("Sub", rows, indices(keys));
  }

  /** 0, 1, ... for the tokens of states [batch, length, width]. */
  private String indices(String states) {
    return graph.node(
        "Range",
        graph.whole("range_start", 0),
        graph.node("Squeeze", graph.length(states)),
        graph.whole("range_step", 1));
  }

  /** Rotary positions on [batch, heads, length, headSize]. */
  private String turned(String heads, Attention how) {
    if (how.rotaryTheta() == null) {
      return heads;
    }
    int size = how.headSize();
    double[] half = how.frequencies();
    float[] frequencies = new float[size];
    for (int i = 0; i < size; i++) {
      frequencies[i] = (float) half[i % half.length];
    }
    String length = graph.node("Squeeze", graph.size(heads, 2));
    String positions =
        graph.node("Range", graph.whole("range_start", 0), length, graph.whole("range_step", 1));
    String angles =
        graph.node(
            "Mul",
            graph.node("Unsqueeze", floats(positions), graph.longs("one", 1)),
            graph.floats("frequencies_" + how.rotaryTheta(), FloatTensor.vector(frequencies)));
    String exchanged =
        graph.node(
            "Concat",
            List.of(graph.node("Neg", half(heads, size / 2, size)), half(heads, 0, size / 2)),
            attribute("axis", -1L));
    return graph.node(
        "Add",
        graph.node("Mul", heads, graph.node("Cos", angles)),
        graph.node("Mul", exchanged, graph.node("Sin", angles)));
  }

  private String half(String heads, int from, int to) {
    return graph.node(
        "Slice",
        heads,
        graph.longs("from_" + from, from),
        graph.longs("to_" + to, to),
        graph.longs("last_axis", -1));
  }

  /** See {@link org.stillrank.trainer.encoder.Operations#disentangledBias}. */
  String disentangledBias(
      String queries,
      String keys,
      String positionKeys,
      String positionQueries,
      RelativeBuckets buckets,
      Attention how) {
    String rows = rows(queries, keys, buckets);
    String toPositions =
        graph.node(
            "MatMul", heads(queries, how, BY_HEAD), heads(positionKeys, how, BY_HEAD_TURNED));
    String fromPositions =
        graph.node(
            "MatMul", heads(keys, how, BY_HEAD), heads(positionQueries, how, BY_HEAD_TURNED));
    String contentToPosition = gathered(toPositions, rows);
    String turnedRows = transposed(rows, List.of(1L, 0L));
    String positionToContent =
        transposed(gathered(fromPositions, turnedRows), List.of(0L, 1L, 3L, 2L));
    return graph.node(
        "Div",
        graph.node("Add", contentToPosition, positionToContent),
        graph.scalar("head_scale", 1 / how.scale()));
  }

  /** Row of the position table: int64 [readers, length]. */
  private String rows(String readers, String keys, RelativeBuckets buckets) {
    int farthest = architecture.longestPair() - 1;
    long[] byDistance = new long[2 * farthest + 1];
    for (int i = 0; i < byDistance.length; i++) {
      byDistance[i] = buckets.row(i - farthest);
    }
    String shifted = graph.node("Add", distances(readers, keys), graph.longs("farthest", farthest));
    return graph.node("Gather", graph.longs("relative_rows", byDistance), shifted);
  }

  /** Along the last axis of [batch, heads, readers, rows]: [batch, heads, readers, length]. */
  private String gathered(String products, String rows) {
    String batchAndHeads =
        graph.node(
            "Slice", graph.node("Shape", products), graph.longs("zero", 0), graph.longs("two", 2));
    String shape =
        graph.node(
            "Concat", List.of(batchAndHeads, graph.node("Shape", rows)), attribute("axis", 0L));
    String index = graph.node("Expand", rows, shape);
    return graph.node("GatherElements", List.of(products, index), attribute("axis", 3L));
  }

  private String floats(String input) {
    return graph.cast(input, DataType.FLOAT);
  }
}
