/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.selftest.BackboneCase;
import org.stillrank.trainer.selftest.BackboneCases;

/** A tiny random cross-encoder with the logits that transformers computed for it. */
public record Backbone(Path folder, BackboneCase expected) {
  private static final Path RESOURCES = SharedFiles.project("trainer/src/test/resources/backbones");

  public static Backbone named(String name) {
    Path folder = RESOURCES.resolve(name);
    return new Backbone(folder, BackboneCases.read(folder));
  }

  /** The families' folders. */
  public static Stream<String> names() throws IOException {
    return BackboneCases.folders(RESOURCES).stream().map(each -> each.getFileName().toString());
  }

  public List<TokenPair> pairs() {
    return expected.pairs();
  }

  public double alone(int pair) {
    return expected.alone().get(pair);
  }

  public double padded(int pair) {
    return expected.padded().get(pair);
  }

  public Encoder encoder() {
    return expected.weights().encoder();
  }

  /** With parameters of this type. */
  public Encoder encoder(torch.ScalarType type) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    expected
        .weights()
        .tensors()
        .forEach((name, tensor) -> {
          try (Tensor single = tensor.toNative()) {
            tensors.put(name, single.to(type));
          }
        });
    return TransformerEncoder.over(architecture(), tensors);
  }

  public Architecture architecture() {
    return expected.weights().architecture();
  }
}
