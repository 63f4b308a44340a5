/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.stillrank.trainer.export.OnnxGraph.attribute;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.Attention;
import org.stillrank.trainer.encoder.Operations;
import org.stillrank.trainer.encoder.Parameter;
import org.stillrank.trainer.encoder.RelativeBuckets;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * A network's operations, recorded as nodes of an ONNX graph. GELU and the scaled products are
 * written in the forms that runtimes recognise and fuse.
 */
final class OnnxOperations implements Operations<String> {
  private final OnnxGraph graph;
  private final Architecture architecture;
  private final SequencedMap<String, Parameter> parameters;
  private final Map<String, FloatTensor> weights;
  private final WeightFormat format;
  private final String ids;
  private final OnnxAttention attention;
  private final String zero;
  private final String one;

  OnnxOperations(
      OnnxGraph graph,
      Architecture architecture,
      Map<String, FloatTensor> weights,
      WeightFormat format) {
    this.graph = graph;
    this.architecture = architecture;
    this.parameters = architecture.parameters();
    this.weights = weights;
    this.format = format;
    ids = graph.input("input_ids");
    attention = new OnnxAttention(graph, graph.input("attention_mask"), architecture);
    zero = graph.longs("zero", 0);
    one = graph.longs("one", 1);
  }

  @Override
  public String words(String table) {
    return format.lookup(graph, table + ".weight", weight(table + ".weight"), ids);
  }

  @Override
  public String types(String table) {
    return graph.node("Gather", table(table), graph.input("token_type_ids"));
  }

  @Override
  public String positions(String table, int from) {
    String start = graph.whole("position_" + from, from);
    String end = graph.node("Add", start, graph.node("Squeeze", graph.length(ids)));
    String places = graph.node("Range", start, end, graph.whole("range_step", 1));
    String name = table + ".weight";
    return graph.node("Unsqueeze", format.lookup(graph, name, weight(name), places), zero);
  }

  @Override
  public String rows(String table, int count) {
    String end = graph.longs("rows_" + count, count);
    return graph.node("Unsqueeze", graph.node("Slice", table(table), zero, end), zero);
  }

  private String table(String name) {
    return graph.floats(name + ".weight", weight(name + ".weight"));
  }

  @Override
  public String linear(String layer, String input) {
    String name = layer + ".weight";
    FloatTensor weight = weight(name);
    String product =
        CrossEncoderGraph.formatted(parameter(name))
            ? format.product(graph, name, input, weight)
            : graph.node("MatMul", input, graph.floats(name, weight.transposed()));
    String bias = layer + ".bias";
    return parameters.containsKey(bias)
        ? graph.node("Add", product, graph.floats(bias, weight(bias)))
        : product;
  }

  @Override
  public String norm(String layer, String input) {
    FloatTensor weight = weight(layer + ".weight");
    String bias = layer + ".bias";
    String scale = graph.floats(layer + ".weight", weight);
    return graph.node(
        "LayerNormalization",
        parameters.containsKey(bias)
            ? List.of(input, scale, graph.floats(bias, weight(bias)))
            : List.of(input, scale),
        attribute("axis", -1L),
        attribute("epsilon", (float) architecture.sizes().normEpsilon()));
  }

  @Override
  public String add(String left, String right) {
    return graph.node("Add", left, right);
  }

  @Override
  public String multiply(String left, String right) {
    return graph.node("Mul", left, right);
  }

  @Override
  public String gelu(String input) {
    String root = graph.scalar("root_of_two", Math.sqrt(2));
    String erf = graph.node("Erf", graph.node("Div", input, root));
    String product = graph.node("Mul", input, graph.node("Add", erf, graph.scalar("unit", 1)));
    return graph.node("Mul", product, graph.scalar("half", 0.5));
  }

  @Override
  public String tanh(String input) {
    return graph.node("Tanh", input);
  }

  @Override
  public String dropout(double probability, String input) {
    return input;
  }

  @Override
  public String slice(String input, int from, int to) {
    return graph.node(
        "Slice",
        input,
        graph.longs("from_" + from, from),
        graph.longs("to_" + to, to),
        graph.longs("last_axis", -1));
  }

  @Override
  public String first(String states) {
    return graph.node("Slice", states, zero, one, one);
  }

  @Override
  public String firstVector(String states) {
    return graph.node("Squeeze", first(states), one);
  }

  @Override
  public String meanVector(String states) {
    String attended = graph.node("Unsqueeze", attention.attended(), graph.longs("last_axis", -1));
    String sum = summed(graph.node("Mul", states, attended));
    return graph.node("Div", sum, summed(attended));
  }

  private String summed(String tokens) {
    return graph.node("ReduceSum", List.of(tokens, one), attribute("keepdims", 0L));
  }

  @Override
  public String attention(
      String queries, String keys, String values, Attention how, @Nullable String bias) {
    return attention.apply(queries, keys, values, how, bias);
  }

  @Override
  public String disentangledBias(
      String queries,
      String keys,
      String positionKeys,
      String positionQueries,
      RelativeBuckets buckets,
      Attention how) {
    return attention.disentangledBias(queries, keys, positionKeys, positionQueries, buckets, how);
  }

  @Override
  public String block(Supplier<String> computation) {
    return computation.get();
  }

  private Parameter parameter(String name) {
    Parameter found = parameters.get(name);
    if (found == null) {
      throw new IllegalStateException("no parameter [" + name + "]");
    }
    return found;
  }

  private FloatTensor weight(String name) {
    FloatTensor weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("no weight [" + name + "]");
    }
    return weight;
  }
}
