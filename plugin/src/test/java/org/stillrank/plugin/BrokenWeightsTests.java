/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.common.xcontent.support.XContentMapValues;
import org.elasticsearch.env.Environment;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.stillrank.plugin.administration.ModelsRequest;
import org.stillrank.plugin.administration.ReloadAction;
import org.stillrank.plugin.statistics.FailureKind;

/** A model whose weights are no numbers for one token, in clause and retriever. */
public class BrokenWeightsTests extends TinyIndexTestCase {
  /** A token of one of the texts, and of neither the query nor what a model is tried with. */
  private static final String TOKEN = "gas";

  private static final int FLOAT = Float.BYTES;

  public void testAreTheRuntimesFailureUntilOthersTakeTheirPlace() throws Exception {
    Path model =
        getInstanceFromNode(Environment.class).configDir().resolve("stillrank/models/tiny");
    Files.write(model.resolve("model.onnx"), withoutNumbersFor(model, TOKEN));
    client().execute(ReloadAction.TYPE, new ModelsRequest("tiny")).actionGet(SOON);
    Exception ofClause = expectThrows(Exception.class, () -> search("", response -> {}));
    Exception ofRetriever =
        expectThrows(Exception.class, () -> retrieve(client(), "", response -> {}));
    for (Exception each : new Exception[] {ofClause, ofRetriever}) {
      assertEquals(RestStatus.INTERNAL_SERVER_ERROR, ExceptionsHelper.status(each));
      String said = ExceptionsHelper.stackTrace(each);
      assertTrue(said, said.contains("the model answered [NaN]"));
    }
    assertEquals(2, failures(FailureKind.INFERENCE));
    assertEquals(0, failures(FailureKind.OTHER));
    put("bert-one-output", "tiny");
    client().execute(ReloadAction.TYPE, new ModelsRequest("tiny")).actionGet(SOON);
    search("", response -> assertNoFailures(response));
  }

  private long failures(FailureKind kind) {
    return models().status("tiny").statistics().failures().get(kind);
  }

  /** The model's graph, with NaN for a token's embedding. */
  private static byte[] withoutNumbersFor(Path model, String token) throws IOException {
    var config = json(model.resolve("config.json"));
    int width = (int) config.get("hidden_size");
    int bytes = (int) config.get("vocab_size") * width * FLOAT;
    int id =
        (int)
            XContentMapValues.extractValue(
                "model.vocab." + token, json(model.resolve("tokenizer.json")));
    byte[] graph = Files.readAllBytes(model.resolve("model.onnx"));
    ByteBuffer floats = ByteBuffer.wrap(graph).order(ByteOrder.LITTLE_ENDIAN);
    int row = rawData(graph, bytes) + id * width * FLOAT;
    for (int i = 0; i < width; i++) {
      floats.putFloat(row + i * FLOAT, Float.NaN);
    }
    return graph;
  }

  /**
   * Where a tensor of so many bytes begins: behind field 9 of ONNX's TensorProto and its length.
   */
  private static int rawData(byte[] graph, int bytes) {
    ByteBuffer field = ByteBuffer.allocate(6).put((byte) (9 << 3 | 2));
    for (int rest = bytes; rest > 0; rest >>>= 7) {
      field.put((byte) (rest & 0x7f | (rest > 0x7f ? 0x80 : 0)));
    }
    String wanted = latin(field.array(), field.position());
    String all = latin(graph, graph.length);
    int found = all.indexOf(wanted);
    assertTrue(found > 0);
    assertEquals(
        String.format(Locale.ROOT, "one tensor of [%d] bytes", bytes),
        found,
        all.lastIndexOf(wanted));
    return found + wanted.length();
  }

  private static String latin(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static Map<String, Object> json(Path file) throws IOException {
    try (var parser =
        JsonXContent.jsonXContent.createParser(
            XContentParserConfiguration.EMPTY, Files.readAllBytes(file))) {
      return parser.map();
    }
  }
}
