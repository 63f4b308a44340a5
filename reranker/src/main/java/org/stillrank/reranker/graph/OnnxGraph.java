/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * What an ONNX file is made of, read without loading its weights (onnx.proto: ModelProto.graph = 7,
 * GraphProto.node = 1 and initializer = 5, NodeProto.op_type = 4, TensorProto.dims = 1 and
 * external_data = 13, ModelProto.producer_name = 2, opset_import = 8).
 *
 * @param operators how often each operator occurs in the main graph
 * @param producer the software that wrote the file
 * @param opset the version of the standard operators
 * @param parameters numbers in the weights of the main graph, whatever their type, also where they
 *     are kept in other files
 * @param weightFiles where these are, relative to the file's folder; empty where it is whole
 */
public record OnnxGraph(
    SortedMap<String, Integer> operators,
    String producer,
    long opset,
    long parameters,
    SortedSet<String> weightFiles) {

  // Far above any model, and far enough below 2^63 to count with.
  private static final long MOST_PARAMETERS = 1L << 48;

  /**
   * Reads a file.
   *
   * @throws InvalidInputException when it is not ONNX or ends early
   * @throws IOException when it cannot be read
   */
  public static OnnxGraph read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      Reading reading = new Reading();
      reading.model(new ProtobufFields(content));
      if (reading.operators.isEmpty()) {
        throw notOnnx(file, new ProtobufFields.MalformedException("it has no operators"));
      }
      return new OnnxGraph(
          reading.operators,
          reading.producer,
          reading.opset,
          reading.parameters,
          reading.weightFiles);
    } catch (ProtobufFields.MalformedException e) {
      throw notOnnx(file, e);
    }
  }

  private static InvalidInputException notOnnx(Path file, ProtobufFields.MalformedException why) {
    return new InvalidInputException(
        "["
            + file
            + "] is not a whole ONNX file ("
            + why.getMessage()
            + "); copy or export it again",
        why);
  }

  private static final class Reading {
    final SortedMap<String, Integer> operators = new TreeMap<>();
    final SortedSet<String> weightFiles = new TreeSet<>();
    String producer = "";
    long opset;
    long parameters;

    void model(ProtobufFields fields) {
      while (fields.next()) {
        switch (fields.number()) {
          case 2 -> producer = text(fields);
          case 7 -> graph(fields.message());
          case 8 -> opset(fields.message());
          default -> fields.skip();
        }
      }
    }

    private void opset(ProtobufFields fields) {
      String domain = "";
      long version = 0;
      while (fields.next()) {
        switch (fields.number()) {
          case 1 -> domain = text(fields);
          case 2 -> version = fields.varint();
          default -> fields.skip();
        }
      }
      if (domain.isEmpty() || domain.equals("ai.onnx")) {
        opset = version;
      }
    }

    private void graph(ProtobufFields fields) {
      while (fields.next()) {
        switch (fields.number()) {
          case 1 -> node(fields.message());
          case 5 -> parameters = plus(parameters, numbers(fields.message()));
          default -> fields.skip();
        }
      }
    }

    private void node(ProtobufFields fields) {
      while (fields.next()) {
        if (fields.number() == 4) {
          operators.merge(text(fields), 1, Integer::sum);
        } else {
          fields.skip();
        }
      }
    }

    private long numbers(ProtobufFields tensor) {
      long[] numbers = {1};
      while (tensor.next()) {
        switch (tensor.number()) {
          case 1 -> tensor.varints(dimension -> numbers[0] = times(numbers[0], dimension));
          case 13 -> elsewhere(tensor.message());
          default -> tensor.skip();
        }
      }
      return numbers[0];
    }

    private void elsewhere(ProtobufFields entry) {
      String key = "";
      String value = "";
      while (entry.next()) {
        switch (entry.number()) {
          case 1 -> key = text(entry);
          case 2 -> value = text(entry);
          default -> entry.skip();
        }
      }
      if (key.equals("location")) {
        weightFiles.add(value);
      }
    }

    private static long times(long numbers, long dimension) {
      if (dimension < 0 || dimension > 0 && numbers > MOST_PARAMETERS / dimension) {
        throw tooMany();
      }
      return numbers * dimension;
    }

    private static long plus(long some, long more) {
      if (some + more > MOST_PARAMETERS) {
        throw tooMany();
      }
      return some + more;
    }

    private static ProtobufFields.MalformedException tooMany() {
      return new ProtobufFields.MalformedException("it has weights of impossible shapes");
    }

    private static String text(ProtobufFields fields) {
      return StandardCharsets.UTF_8.decode(fields.bytes()).toString();
    }
  }
}
