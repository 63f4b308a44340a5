/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.stillrank.reranker.storage.AtomicOutput;
import tools.jackson.databind.json.JsonMapper;

/** Figures of steps for programs, with full precision: every measured second, and the medians. */
public final class BenchmarkJson {
  private BenchmarkJson() {}

  /**
   * Writes {@code {threads, java, bytedeco_pytorch, steps: […], grouping: […]}}.
   *
   * @param threads of each step
   */
  public static void write(
      Path file, int threads, List<StepFigures> steps, List<GroupingFigures> grouping)
      throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("threads", threads);
    json.put("java", Runtime.version().toString());
    json.put("bytedeco_pytorch", Loader.getVersion("org.bytedeco", "pytorch"));
    json.put("steps", steps.stream().map(BenchmarkJson::step).toList());
    json.put("grouping", grouping.stream().map(BenchmarkJson::grouping).toList());
    byte[] bytes =
        JsonMapper.builder()
            .build()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(json)
            .getBytes(StandardCharsets.UTF_8);
    AtomicOutput.file(
        file,
        out -> {
          out.write(bytes);
          out.write('\n');
        });
  }

  private static Map<String, Object> step(StepFigures figures) {
    Map<String, Object> json = shape(figures.shape());
    json.put("matrix_rate_flops", figures.matrixRate());
    Map<String, Object> parts = new LinkedHashMap<>();
    for (StepPart part : StepPart.values()) {
      parts.put(part.name().toLowerCase(Locale.ROOT), part(figures, part));
    }
    json.put("parts", parts);
    if (!figures.peers().isEmpty()) {
      json.put("peer", figures.peer());
    }
    return json;
  }

  private static Map<String, Object> part(StepFigures figures, StepPart part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seconds", seconds(figures.ours(), part));
    json.put("median_seconds", figures.seconds(part));
    json.put("pairs_per_second", figures.pairsPerSecond(part));
    json.put("tokens_per_second", figures.tokensPerSecond(part));
    json.put("matrix_operations", figures.operations(part));
    json.put("share_of_matrix_rate", figures.shareOfMatrixRate(part));
    if (!figures.peers().isEmpty()) {
      json.put("peer_seconds", seconds(figures.peers(), part));
      json.put("peer_median_seconds", figures.peerSeconds(part));
      json.put("times_as_fast", figures.timesAsFast(part));
    }
    return json;
  }

  private static Map<String, Object> grouping(GroupingFigures figures) {
    Map<String, Object> json = shape(figures.shape());
    json.put("texts", figures.texts());
    json.put("tokens", figures.tokens());
    json.put("longest", figures.longest());
    json.put("grouped_seconds", seconds(figures.grouped(), StepPart.STEP));
    json.put("padded_seconds", seconds(figures.padded(), StepPart.STEP));
    json.put("times_as_fast", figures.timesAsFast());
    return json;
  }

  private static Map<String, Object> shape(StepShape shape) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("backbone", shape.backbone());
    json.put("parameters", shape.parameters());
    json.put("pairs", shape.pairs());
    json.put("tokens", shape.tokens());
    json.put("precision", shape.precision().name().toLowerCase(Locale.ROOT));
    json.put("device", shape.device().toString());
    return json;
  }

  private static List<Double> seconds(List<StepSeconds> steps, StepPart part) {
    return steps.stream().map(each -> each.of(part)).toList();
  }
}
