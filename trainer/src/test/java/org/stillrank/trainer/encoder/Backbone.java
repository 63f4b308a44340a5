/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.weights.SafetensorsFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tiny random cross-encoder with the logits that transformers computed for it. */
public record Backbone(Path folder, List<TokenPair> pairs, double[] alone, double[] padded) {

  public static Backbone named(String name) {
    try {
      Path folder = Path.of(Backbone.class.getResource("/backbones/" + name).toURI());
      JsonNode expected = JsonMapper.shared().readTree(folder.resolve("expected.json"));
      List<TokenPair> pairs = new ArrayList<>();
      for (int i = 0; i < expected.path("input_ids").size(); i++) {
        pairs.add(
            new TokenPair(
                ints(expected.path("input_ids").path(i)),
                ints(expected.path("token_type_ids").path(i))));
      }
      return new Backbone(
          folder,
          pairs,
          doubles(expected.path("logits_one_by_one")),
          doubles(expected.path("logits_padded_batch")));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public BertEncoder encoder() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SafetensorsFile.read(folder.resolve("model.safetensors"))
        .forEach((name, tensor) -> tensors.put(name, tensor.toNative()));
    return BertEncoder.over(ConfigJson.read(folder.resolve("config.json")), tensors);
  }

  private static int[] ints(JsonNode node) {
    return node.valueStream().mapToInt(JsonNode::intValue).toArray();
  }

  private static double[] doubles(JsonNode node) {
    return node.valueStream()
        .mapToDouble(each -> (each.isArray() ? each.path(0) : each).doubleValue())
        .toArray();
  }
}
