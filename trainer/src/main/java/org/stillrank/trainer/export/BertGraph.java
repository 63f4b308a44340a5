/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.stillrank.trainer.export.OnnxGraph.attribute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.stillrank.trainer.encoder.BertParameters;
import org.stillrank.trainer.encoder.EncoderConfig;
import org.stillrank.trainer.onnx.ModelProto;
import org.stillrank.trainer.onnx.TensorProto.DataType;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * A BERT cross-encoder as a portable ONNX graph: inputs {@code input_ids}, {@code attention_mask}
 * and {@code token_type_ids}, int64 [batch, length]; output {@code logits}, float32 [batch, 1].
 *
 * <p>GELU and the scaled products are written in the forms that runtimes recognise and fuse. The
 * last layer computes only [CLS], as the trainer's encoder does.
 */
final class BertGraph {
  /** Large enough that a masked weight is exactly 0, small enough for half precision. */
  private static final double MASKED = -10_000;

  private static final String WORDS = BertParameters.EMBEDDINGS + "word_embeddings.weight";

  private final EncoderConfig config;
  private final Map<String, FloatTensor> weights;
  private final WeightFormat format;
  private final OnnxGraph graph = new OnnxGraph();
  private final String one = graph.scalar("one", 1);
  private final String half = graph.scalar("half", 0.5);
  private final String rootOfTwo = graph.scalar("root_of_two", Math.sqrt(2));
  private final String firstPosition = graph.longs("first", 0);
  private final String afterFirst = graph.longs("after_first", 1);
  private final String headScale;
  private final String splitShape;
  private final String joinedShape;

  private BertGraph(EncoderConfig config, Map<String, FloatTensor> weights, WeightFormat format) {
    this.config = config;
    this.weights = weights;
    this.format = format;
    headScale = graph.scalar("head_scale", Math.sqrt(config.headSize()));
    splitShape = graph.longs("split_heads", 0, 0, config.heads(), config.headSize());
    joinedShape = graph.longs("joined_heads", 0, 0, config.hiddenSize());
  }

  /**
   * @param weights every parameter of {@link BertParameters#shapes}
   */
  static ModelProto of(
      EncoderConfig config, Map<String, FloatTensor> weights, WeightFormat format) {
    return new BertGraph(config, weights, format).build();
  }

  /** The weights as a graph in this format holds them. */
  static SequencedMap<String, FloatTensor> kept(
      SequencedMap<String, FloatTensor> weights, WeightFormat format) {
    SequencedMap<String, FloatTensor> kept = new LinkedHashMap<>();
    weights.forEach((name, weight) -> {
      boolean bodyMatrix = name.startsWith(BertParameters.LAYERS) && weight.shape().length == 2;
      if (bodyMatrix) {
        kept.put(name, format.keptMatrix(name, weight));
      } else {
        kept.put(name, name.equals(WORDS) ? format.keptTable(weight) : weight);
      }
    });
    return kept;
  }

  private ModelProto build() {
    String ids = graph.input("input_ids");
    String mask = maskBias(graph.input("attention_mask"));
    String states = embed(ids, graph.input("token_type_ids"));
    for (int index = 0; index < config.layers(); index++) {
      boolean last = index == config.layers() - 1;
      states = layer(BertParameters.layer(index), states, last ? first(states, 1) : states, mask);
    }
    String cls = graph.node("Squeeze", states, afterFirst);
    String pooled = graph.node("Tanh", head(BertParameters.POOLER, cls));
    graph.output("logits", head(BertParameters.CLASSIFIER, pooled));
    return graph.model();
  }

  private String maskBias(String attentionMask) {
    String attended =
        graph.node(
            "Cast", List.of(attentionMask), attribute("to", (long) DataType.FLOAT.getNumber()));
    String padding = graph.node("Sub", one, attended);
    String bias = graph.node("Mul", padding, graph.scalar("masked", MASKED));
    return graph.node("Unsqueeze", bias, graph.longs("heads_and_readers", 1, 2));
  }

  private String embed(String ids, String typeIds) {
    String embeddings = BertParameters.EMBEDDINGS;
    String positions = embeddings + "position_embeddings.weight";
    String types = embeddings + "token_type_embeddings.weight";
    String word = format.lookup(graph, WORDS, weight(WORDS), ids);
    String type = graph.node("Gather", graph.floats(types, weight(types)), typeIds);
    String length =
        graph.node("Slice", graph.node("Shape", ids), afterFirst, graph.longs("two", 2));
    String position =
        graph.node("Slice", graph.floats(positions, weight(positions)), firstPosition, length);
    String sum = graph.node("Add", graph.node("Add", word, type), position);
    return norm(embeddings + "LayerNorm", sum);
  }

  /** The first tokens of each row: [batch, count, hidden]. */
  private String first(String states, int count) {
    return graph.node(
        "Slice",
        states,
        firstPosition,
        graph.longs("first_" + count, count),
        graph.longs("token_axis", 1));
  }

  private String layer(String name, String tokens, String readers, String mask) {
    String query = heads(name + "attention.self.query", readers, List.of(0L, 2L, 1L, 3L));
    String key = heads(name + "attention.self.key", tokens, List.of(0L, 2L, 3L, 1L));
    String value = heads(name + "attention.self.value", tokens, List.of(0L, 2L, 1L, 3L));
    String scores = graph.node("Div", graph.node("MatMul", query, key), headScale);
    String attention =
        graph.node("Softmax", List.of(graph.node("Add", scores, mask)), attribute("axis", -1L));
    String context =
        graph.node(
            "Transpose",
            List.of(graph.node("MatMul", attention, value)),
            attribute("perm", List.of(0L, 2L, 1L, 3L)));
    String joined = graph.node("Reshape", context, joinedShape);
    String attended = residual(name + "attention.output", joined, readers);
    return residual(name + "output", gelu(linear(name + "intermediate.dense", attended)), attended);
  }

  private String heads(String name, String states, List<Long> order) {
    String split = graph.node("Reshape", linear(name, states), splitShape);
    return graph.node("Transpose", List.of(split), attribute("perm", order));
  }

  private String residual(String name, String input, String skipped) {
    return norm(name + ".LayerNorm", graph.node("Add", linear(name + ".dense", input), skipped));
  }

  private String gelu(String input) {
    String erf = graph.node("Erf", graph.node("Div", input, rootOfTwo));
    String product = graph.node("Mul", input, graph.node("Add", erf, one));
    return graph.node("Mul", product, half);
  }

  private String norm(String name, String input) {
    return graph.node(
        "LayerNormalization",
        List.of(
            input,
            graph.floats(name + ".weight", weight(name + ".weight")),
            graph.floats(name + ".bias", weight(name + ".bias"))),
        attribute("axis", -1L),
        attribute("epsilon", (float) config.layerNormEpsilon()));
  }

  private String linear(String name, String input) {
    String matrix = format.matrix(graph, name + ".weight", weight(name + ".weight"));
    return biased(name, graph.node("MatMul", input, matrix));
  }

  /** The head decides the score and is small: it stays float32 in every format. */
  private String head(String name, String input) {
    String matrix = graph.floats(name + ".weight", weight(name + ".weight").transposed());
    return biased(name, graph.node("MatMul", input, matrix));
  }

  private String biased(String name, String product) {
    return graph.node("Add", product, graph.floats(name + ".bias", weight(name + ".bias")));
  }

  private FloatTensor weight(String name) {
    FloatTensor weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("no weight [" + name + "]");
    }
    return weight;
  }
}
