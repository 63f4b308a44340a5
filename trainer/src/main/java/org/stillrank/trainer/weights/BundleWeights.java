/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.BertFamily;
import org.stillrank.trainer.encoder.BertLike;
import org.stillrank.trainer.encoder.Dropout;
import org.stillrank.trainer.encoder.Parameter;
import org.stillrank.trainer.encoder.Sizes;
import org.stillrank.trainer.onnx.NodeProto;
import org.stillrank.trainer.onnx.TensorProto.DataType;

/**
 * The weights of a bundle that a training wrote, for another training: what its default model file
 * keeps of them, integers as the numbers that they stand for. Its tables have no rows for what the
 * bundle never reads.
 *
 * @param architecture the network, of BERT's kin
 * @param tensors every parameter by its Hugging Face name
 */
record BundleWeights(Architecture architecture, SequencedMap<String, FloatTensor> tensors) {

  /**
   * Reads a bundle.
   *
   * @throws InvalidInputException when it is damaged, of another family, or not of a training's
   *     making
   */
  static BundleWeights read(Path folder) throws IOException {
    ModelBundle bundle = ModelBundle.open(folder);
    BertFamily family = family(bundle);
    OnnxGraphFile graph = OnnxGraphFile.read(bundle.onnxFile());
    BertLike architecture = architecture(family, graph);
    Map<String, String> factors = columnFactors(graph);
    SequencedMap<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : architecture.parameters().values()) {
      tensors.put(parameter.name(), tensor(graph, parameter, factors));
    }
    return new BundleWeights(architecture, tensors);
  }

  private static BertFamily family(ModelBundle bundle) {
    String named = bundle.manifest().map(BundleManifest::family).orElseThrow();
    return Arrays.stream(BertFamily.values())
        .filter(each -> each.modelType().equals(named))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "["
                    + bundle.directory()
                    + "] is a bundle of the family ["
                    + named
                    + "], which no training starts from; give its folder of train export --as"
                    + " HUGGING_FACE"));
  }

  /** The file says nothing of the network but its shapes, and that suffices for this kin. */
  private static BertLike architecture(BertFamily family, OnnxGraphFile graph) {
    String body = family.modelType() + ".";
    String embeddings = body + "embeddings.";
    String layers = body + "encoder.layer.";
    long[] words = graph.shape(embeddings + "word_embeddings.weight");
    int count = 0;
    while (graph.type(layers + count + ".output.dense.weight") != null) {
      count++;
    }
    long[] heads = graph.longs("split_heads");
    Sizes sizes =
        new Sizes(
            Math.toIntExact(words[0]),
            Math.toIntExact(graph.shape(layers + "0.output.dense.bias")[0]),
            count,
            Math.toIntExact(heads[heads.length - 2]),
            Math.toIntExact(graph.shape(layers + "0.intermediate.dense.bias")[0]),
            normEpsilon(graph),
            0.02);
    return new BertLike(
        family,
        sizes,
        Math.toIntExact(words[1]),
        Math.toIntExact(graph.shape(embeddings + "position_embeddings.weight")[0]),
        Math.toIntExact(graph.shape(embeddings + "token_type_embeddings.weight")[0]),
        new Dropout(0.1, 0.1));
  }

  private static double normEpsilon(OnnxGraphFile graph) {
    return graph.nodes().stream()
        .filter(node -> node.getOpType().equals("LayerNormalization"))
        .flatMap(node -> node.getAttributeList().stream())
        .filter(attribute -> attribute.getName().equals("epsilon"))
        .map(attribute -> Double.parseDouble(Float.toString(attribute.getF())))
        .findFirst()
        .orElseThrow(() -> graph.unusable("no layer normalisation has an [epsilon]"));
  }

  private static FloatTensor tensor(
      OnnxGraphFile graph, Parameter parameter, Map<String, String> factors) {
    String name = parameter.name();
    FloatTensor stored = graph.floats(name);
    return switch (parameter.role()) {
      case TABLE, BIAS, NORM -> stored;
      case LOOKUP -> graph.type(name) == DataType.INT8 ? scaledRows(graph, name, stored) : stored;
      case MATRIX -> {
        FloatTensor matrix = stored.transposed();
        FloatTensor scaled =
            graph.type(name) == DataType.INT8 ? scaledRows(graph, name, matrix) : matrix;
        String factor = factors.get(name);
        yield factor == null ? scaled : scaled.timesColumns(graph.floats(factor).values());
      }
    };
  }

  private static FloatTensor scaledRows(OnnxGraphFile graph, String name, FloatTensor bytes) {
    return bytes.timesRows(graph.floats(name + ".scale").values());
  }

  /**
   * By the name of a weight that is multiplied with integers, the constant that its input is
   * multiplied with before it is rounded.
   */
  private static Map<String, String> columnFactors(OnnxGraphFile graph) {
    Map<String, NodeProto> producers = new HashMap<>();
    Map<String, String> factors = new HashMap<>();
    for (NodeProto node : graph.nodes()) {
      producers.put(node.getOutput(0), node);
      if (node.getOpType().equals("MatMulIntegerToFloat")) {
        NodeProto rounding = producers.get(node.getInput(0));
        NodeProto scaling = rounding == null ? null : producers.get(rounding.getInput(0));
        NodeProto evening = scaling == null ? null : producers.get(scaling.getInput(0));
        if (evening == null) {
          throw graph.unusable("what [" + node.getInput(1) + "] is multiplied with is not rounded");
        }
        factors.put(node.getInput(1), evening.getInput(1));
      }
    }
    return factors;
  }
}
