/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The safetensors format: the header's length as a little-endian uint64, the header as JSON (name
 * to dtype, shape, begin and end of the data), then the data.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class SafetensorsFile {
  private static final String METADATA = "__metadata__";
  private static final long LONGEST_HEADER = 100_000_000;

  private SafetensorsFile() {}

  /**
   * Reads all weights as float32; F16 and BF16 are widened, F64 is narrowed. {@link IntegerBuffers}
   * says what happens to whole numbers.
   *
   * @throws InvalidInputException when the file is missing, cut off or malformed, or has tensors of
   *     other types
   */
  public static SequencedMap<String, FloatTensor> read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < 8) {
        throw damaged(file, size + " bytes are too few");
      }
      long headerLength = slice(channel, 0, 8).getLong();
      if (headerLength <= 0 || headerLength > Math.min(LONGEST_HEADER, size - 8)) {
        throw damaged(file, "a header of " + headerLength + " bytes in " + size);
      }
      JsonNode header = header(file, slice(channel, 8, headerLength));
      long data = 8 + headerLength;
      SequencedMap<String, FloatTensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        if (!entry.getKey().equals(METADATA)) {
          read(file, channel, data, entry, tensors);
        }
      }
      return tensors;
    } catch (IOException e) {
      throw new InvalidInputException(
          "[" + file + "] cannot be read: " + e + "; check that it is there", e);
    }
  }

  private static void read(
      Path file,
      FileChannel channel,
      long data,
      Map.Entry<String, JsonNode> entry,
      Map<String, FloatTensor> tensors)
      throws IOException {
    String name = entry.getKey();
    JsonNode description = entry.getValue();
    if (IntegerBuffers.isConstant(name)) {
      return;
    }
    String dtype = description.path("dtype").asString("");
    ElementType type =
        ElementType.ofSafetensors(dtype)
            .filter(ElementType::isFloat)
            .orElseThrow(() -> IntegerBuffers.notWeights(file, name, dtype));
    int width = type.width();
    long[] shape = longs(file, name, description.path("shape"));
    long[] offsets = longs(file, name, description.path("data_offsets"));
    long elements =
        Arrays.stream(shape).anyMatch(size -> size < 0) ? -1 : FloatTensor.elements(shape);
    if (offsets.length != 2
        || offsets[0] < 0
        || elements < 0
        || elements > Integer.MAX_VALUE / width
        || offsets[1] - offsets[0] != elements * width
        || offsets[1] > channel.size() - data) {
      throw damaged(file, "tensor [" + name + "] does not fit the file: " + description);
    }
    ByteBuffer bytes = slice(channel, data + offsets[0], elements * width);
    tensors.put(name, new FloatTensor(shape, type.floats(bytes)));
  }

  /** Writes tensors as F32 in their order; give an output of {@code AtomicOutput.file}. */
  public static void write(OutputStream out, SequencedMap<String, FloatTensor> tensors)
      throws IOException {
    ObjectNode header = JsonMapper.shared().createObjectNode();
    long offset = 0;
    for (Map.Entry<String, FloatTensor> entry : tensors.entrySet()) {
      ObjectNode description = header.putObject(entry.getKey());
      description.put("dtype", "F32");
      description.set("shape", JsonMapper.shared().valueToTree(entry.getValue().shape()));
      long end = offset + 4L * entry.getValue().values().length;
      description.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    String json = header.toString();
    // Readers that map the file want the data aligned.
    byte[] headerBytes =
        (json + " ".repeat((8 - json.getBytes(StandardCharsets.UTF_8).length % 8) % 8))
            .getBytes(StandardCharsets.UTF_8);
    out.write(littleEndian(8).putLong(headerBytes.length).array());
    out.write(headerBytes);
    for (FloatTensor tensor : tensors.values()) {
      ByteBuffer bytes = littleEndian(4 * tensor.values().length);
      bytes.asFloatBuffer().put(tensor.values());
      out.write(bytes.array());
    }
  }

  private static JsonNode header(Path file, ByteBuffer bytes) {
    try {
      JsonNode header =
          JsonMapper.shared().readTree(StandardCharsets.UTF_8.decode(bytes).toString());
      if (!header.isObject()) {
        throw damaged(file, "its header is not a JSON object");
      }
      return header;
    } catch (JacksonException e) {
      throw damaged(file, "its header is not JSON: " + e.getOriginalMessage());
    }
  }

  private static long[] longs(Path file, String name, JsonNode node) {
    if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isIntegralNumber)) {
      throw damaged(file, "tensor [" + name + "] has no list of whole numbers: " + node);
    }
    return node.valueStream().mapToLong(JsonNode::longValue).toArray();
  }

  private static ByteBuffer slice(FileChannel channel, long position, long length)
      throws IOException {
    return channel
        .map(FileChannel.MapMode.READ_ONLY, position, length)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer littleEndian(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static InvalidInputException damaged(Path file, String what) {
    return new InvalidInputException(
        "[" + file + "] is not a whole safetensors file: " + what + "; fetch or write it again");
  }
}
