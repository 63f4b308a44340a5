/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.onnx.GraphProto;
import org.stillrank.trainer.onnx.ModelProto;
import org.stillrank.trainer.onnx.NodeProto;
import org.stillrank.trainer.onnx.TensorProto;

/**
 * The nodes and constants of an ONNX file.
 *
 * @param file that it was read from
 * @param nodes in the order in which they compute
 * @param constants the initializers by all their names
 */
record OnnxGraphFile(
    Path file, List<NodeProto> nodes, SequencedMap<String, TensorProto> constants) {

  /**
   * @throws InvalidInputException when the file is missing, is no ONNX model, or holds no constants
   */
  static OnnxGraphFile read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      GraphProto graph = ModelProto.parseFrom(in).getGraph();
      SequencedMap<String, TensorProto> constants = new LinkedHashMap<>();
      graph.getInitializerList().forEach(each -> constants.put(each.getName(), each));
      // PyTorch's exporter keeps one of several equal constants, and names the others after it.
      for (NodeProto node : graph.getNodeList()) {
        TensorProto same = constants.get(node.getInputCount() == 1 ? node.getInput(0) : "");
        if (same != null && node.getOpType().equals("Identity")) {
          constants.put(node.getOutput(0), same);
        }
      }
      if (constants.isEmpty()) {
        throw new InvalidInputException(
            "[" + file + "] is no ONNX model with weights; give one that is");
      }
      return new OnnxGraphFile(file, graph.getNodeList(), constants);
    } catch (IOException e) {
      throw new InvalidInputException(
          "[" + file + "] cannot be read as ONNX: " + e + "; check that it is there and whole", e);
    }
  }

  /** A constant's number format; null when there is none of this name. */
  TensorProto.@Nullable DataType type(String name) {
    TensorProto constant = constants.get(name);
    return constant == null ? null : TensorProto.DataType.forNumber(constant.getDataType());
  }

  /**
   * A constant's dimensions.
   *
   * @throws InvalidInputException when there is none of this name
   */
  long[] shape(String name) {
    return shape(constant(name));
  }

  private static long[] shape(TensorProto tensor) {
    return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * A constant of 32-bit or 16-bit floats or signed bytes as float32.
   *
   * @throws InvalidInputException when there is none of this name, or of another format, or its
   *     values do not fill its shape
   */
  FloatTensor floats(String name) {
    return floats(constant(name));
  }

  /**
   * A constant of 64-bit integers.
   *
   * @throws InvalidInputException when there is none of this name
   */
  long[] longs(String name) {
    LongBuffer raw = raw(constant(name)).asLongBuffer();
    long[] values = new long[raw.remaining()];
    raw.get(values);
    return values;
  }

  /**
   * A tensor of the file, such as an attribute's.
   *
   * @throws InvalidInputException when it is of no such format, or its values do not fill its shape
   */
  FloatTensor floats(TensorProto tensor) {
    long[] shape = shape(tensor);
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    float[] values =
        switch (type) {
          case FLOAT -> tensor.hasRawData() ? singles(tensor) : listed(tensor);
          case FLOAT16 -> halves(tensor);
          case INT8 -> bytes(tensor);
          case null, default ->
              throw unusable("[" + tensor.getName() + "] has the number format [" + type + "]");
        };
    if (FloatTensor.elements(shape) != values.length) {
      throw unusable("the values of [" + tensor.getName() + "] do not fill its shape");
    }
    return new FloatTensor(shape, values);
  }

  InvalidInputException unusable(String what) {
    return new InvalidInputException(
        "["
            + file
            + "] gives no weights to start from: "
            + what
            + "; give the fp32 export of a PyTorch model, or a bundle that train run wrote");
  }

  private TensorProto constant(String name) {
    TensorProto found = constants.get(name);
    if (found == null) {
      throw unusable("it has no [" + name + "]");
    }
    return found;
  }

  private static float[] singles(TensorProto tensor) {
    FloatBuffer raw = raw(tensor).asFloatBuffer();
    float[] values = new float[raw.remaining()];
    raw.get(values);
    return values;
  }

  private static float[] listed(TensorProto tensor) {
    float[] values = new float[tensor.getFloatDataCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.getFloatData(i);
    }
    return values;
  }

  private static float[] halves(TensorProto tensor) {
    ShortBuffer raw = raw(tensor).asShortBuffer();
    float[] values = new float[raw.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.float16ToFloat(raw.get(i));
    }
    return values;
  }

  private static float[] bytes(TensorProto tensor) {
    ByteBuffer raw = raw(tensor);
    float[] values = new float[raw.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = raw.get(i);
    }
    return values;
  }

  private static ByteBuffer raw(TensorProto tensor) {
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
