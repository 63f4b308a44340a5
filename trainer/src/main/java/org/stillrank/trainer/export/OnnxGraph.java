/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stillrank.trainer.onnx.AttributeProto;
import org.stillrank.trainer.onnx.GraphProto;
import org.stillrank.trainer.onnx.ModelProto;
import org.stillrank.trainer.onnx.NodeProto;
import org.stillrank.trainer.onnx.OperatorSetIdProto;
import org.stillrank.trainer.onnx.TensorProto;
import org.stillrank.trainer.onnx.TensorProto.DataType;
import org.stillrank.trainer.onnx.TensorShapeProto;
import org.stillrank.trainer.onnx.TypeProto;
import org.stillrank.trainer.onnx.ValueInfoProto;
import org.stillrank.trainer.weights.FloatTensor;

/** An ONNX graph under construction; every method that adds a value returns its name. */
final class OnnxGraph {
  /** LayerNormalization is an operator since 17; runtimes know 17 since 2022. */
  private static final int OPSET = 17;

  private static final int IR_VERSION = 8;
  private static final String RUNTIME_DOMAIN = "com.microsoft";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("cross-encoder");
  private final Map<String, ByteString> constants = new HashMap<>();
  private final Set<String> inputs = new HashSet<>();
  private int values;
  private boolean needsRuntime;

  /** Adds an operator with one output. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    String output = nextValue();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  /** Adds an operator that only ONNX Runtime knows. */
  String runtimeNode(String operator, List<String> inputs) {
    String output = nextValue();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setDomain(RUNTIME_DOMAIN)
            .addAllInput(inputs)
            .addOutput(output));
    needsRuntime = true;
    return output;
  }

  /** A node has its type and its output for a name; more would make files larger by some 20 KB. */
  private String nextValue() {
    return Integer.toString(values++);
  }

  /** Adds an operator without attributes. */
  String node(String operator, String... inputs) {
    return node(operator, List.of(inputs));
  }

  String floats(String name, FloatTensor tensor) {
    ByteBuffer bytes = littleEndian(4 * tensor.values().length);
    bytes.asFloatBuffer().put(tensor.values());
    return initializer(name, DataType.FLOAT, tensor.shape(), bytes);
  }

  /** Numbers rounded to 16-bit floats. */
  String halves(String name, FloatTensor tensor) {
    ByteBuffer bytes = littleEndian(2 * tensor.values().length);
    for (float value : tensor.values()) {
      bytes.putShort(Float.floatToFloat16(value));
    }
    return initializer(name, DataType.FLOAT16, tensor.shape(), bytes.flip());
  }

  /** A value in another number format. */
  String cast(String value, DataType type) {
    return node("Cast", List.of(value), attribute("to", (long) type.getNumber()));
  }

  String scalar(String name, double value) {
    return floats(name, new FloatTensor(new long[0], new float[] {(float) value}));
  }

  String bytes(String name, long[] shape, byte[] values) {
    return initializer(name, DataType.INT8, shape, ByteBuffer.wrap(values));
  }

  /** A number from 0 to 255. */
  String unsignedByte(String name, int value) {
    return initializer(
        name, DataType.UINT8, new long[0], ByteBuffer.wrap(new byte[] {(byte) value}));
  }

  /** A whole number. */
  String whole(String name, long number) {
    ByteBuffer bytes = littleEndian(8).putLong(0, number);
    return initializer(name, DataType.INT64, new long[0], bytes);
  }

  /** The length of states [batch, length, ...], a vector of one. */
  String length(String states) {
    return size(states, 1);
  }

  /** The size of an axis, a vector of one. */
  String size(String value, long axis) {
    return node(
        "Slice",
        node("Shape", value),
        longs("axis_" + axis, axis),
        longs("axis_" + (axis + 1), axis + 1));
  }

  /** A vector of whole numbers: a shape, or axes. */
  String longs(String name, long... numbers) {
    ByteBuffer bytes = littleEndian(8 * numbers.length);
    bytes.asLongBuffer().put(numbers);
    return initializer(name, DataType.INT64, new long[] {numbers.length}, bytes);
  }

  private String initializer(String name, DataType type, long[] shape, ByteBuffer data) {
    ByteString bytes = ByteString.copyFrom(data);
    ByteString known = constants.putIfAbsent(name, bytes);
    // Layers share constants by name.
    if (known != null) {
      if (!known.equals(bytes)) {
        throw new IllegalStateException("two constants are called [" + name + "]");
      }
      return name;
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor.setRawData(bytes));
    return name;
  }

  /** Declares an int64 input [batch, length]. */
  String input(String name) {
    if (!inputs.add(name)) {
      return name;
    }
    graph.addInput(
        value(
            name,
            DataType.INT64,
            dimension().setDimParam("batch"),
            dimension().setDimParam("length")));
    return name;
  }

  /** Declares that the model answers a value under a name: float32 [batch, 1]. */
  void output(String name, String value) {
    graph.addNode(
        NodeProto.newBuilder().setName(name).setOpType("Identity").addInput(value).addOutput(name));
    graph.addOutput(
        value(name, DataType.FLOAT, dimension().setDimParam("batch"), dimension().setDimValue(1)));
  }

  private static ValueInfoProto value(
      String name, DataType type, TensorShapeProto.Dimension.Builder... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (TensorShapeProto.Dimension.Builder dimension : dimensions) {
      shape.addDim(dimension);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  private static TensorShapeProto.Dimension.Builder dimension() {
    return TensorShapeProto.Dimension.newBuilder();
  }

  /** An attribute that is a whole number. */
  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** An attribute that is a number. */
  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  /** An attribute that is a list of whole numbers. */
  static AttributeProto attribute(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  ModelProto model() {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("stillrank")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph);
    if (needsRuntime) {
      model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(RUNTIME_DOMAIN).setVersion(1));
    }
    return model.build();
  }

  private static ByteBuffer littleEndian(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
