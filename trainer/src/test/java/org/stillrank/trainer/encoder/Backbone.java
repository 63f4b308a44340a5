/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
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
        int[] ids = ints(expected.path("input_ids").path(i));
        int[] types = ints(expected.path("token_type_ids").path(i));
        pairs.add(new TokenPair(ids, Arrays.copyOf(types, ids.length)));
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

  /** The families' folders. */
  public static Stream<String> names() {
    return Stream.of(
        "bert",
        "minilm",
        "roberta",
        "electra",
        "electra-projected",
        "deberta-v3",
        "modernbert-cls",
        "modernbert-mean");
  }

  public Encoder encoder() {
    return encoder(torch.ScalarType.Float);
  }

  /** With parameters of this type. */
  public Encoder encoder(torch.ScalarType type) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SafetensorsFile.read(folder.resolve("model.safetensors"))
        .forEach((name, tensor) -> {
          try (Tensor single = tensor.toNative()) {
            tensors.put(name, single.to(type));
          }
        });
    return TransformerEncoder.over(architecture(), tensors);
  }

  public Architecture architecture() {
    return ConfigJson.read(folder.resolve("config.json"));
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
