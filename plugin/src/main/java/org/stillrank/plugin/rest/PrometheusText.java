/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.stillrank.plugin.administration.ModelsNodeResponse;
import org.stillrank.plugin.cache.ScoreCacheStatistics;
import org.stillrank.plugin.memory.NativeMemoryStatistics;
import org.stillrank.plugin.model.ModelStatus;
import org.stillrank.plugin.statistics.ModelStatistics;

/**
 * Statistics of nodes in Prometheus' text format, version 0.0.4: every family once, with its help
 * and type, then a sample for each node, model and kind of failure.
 */
final class PrometheusText {
  private record Family(String type, String help, List<String> samples) {}

  private final Map<String, Family> families = new LinkedHashMap<>();

  private PrometheusText() {}

  static String of(List<ModelsNodeResponse> nodes) {
    PrometheusText text = new PrometheusText();
    for (ModelsNodeResponse node : nodes) {
      text.add(node);
    }
    return text.lines();
  }

  private void add(ModelsNodeResponse node) {
    String labels = label("node", node.getNode().getName());
    sample("reranking", "gauge", "Search threads that rerank now.", labels, node.reranking());
    sample("waiting", "gauge", "Searches that wait for one of them.", labels, node.waiting());
    sample(
        "workers", "gauge", "Batches a model scores at once.", labels, node.schedule().workers());
    NativeMemoryStatistics memory = node.memory();
    sample("native_memory_bytes", "gauge", "Native memory of models.", labels, memory.used());
    sample(
        "native_memory_limit_bytes",
        "gauge",
        "Native memory they may take; -1 for any.",
        labels,
        memory.limit());
    counter("native_memory_refusals", "Models that did not fit.", labels, memory.refused());
    memory
        .open()
        .forEach((kind, count) ->
            sample(
                "native_resources",
                "gauge",
                "Native resources that are open.",
                labels + "," + label("kind", kind),
                count));
    ScoreCacheStatistics cache = node.cache();
    sample("score_cache_bytes", "gauge", "Heap that kept scores take.", labels, cache.bytes());
    sample("score_cache_limit_bytes", "gauge", "Heap they may take.", labels, cache.size());
    sample("score_cache_entries", "gauge", "Scores that are kept.", labels, cache.entries());
    counter("score_cache_hits", "Texts whose score was kept.", labels, cache.hits());
    counter("score_cache_misses", "Texts whose score was not.", labels, cache.misses());
    counter("score_cache_evictions", "Scores given up for others.", labels, cache.evictions());
    for (ModelStatus model : node.models()) {
      add(labels + "," + label("model", model.id()), model);
    }
  }

  private void add(String labels, ModelStatus model) {
    sample(
        "model_ready",
        "gauge",
        "1 when the model is in memory, else 0.",
        labels,
        model.state().equals("ready") ? 1 : 0);
    sample(
        "model_native_bytes",
        "gauge",
        "Native memory set aside for the model.",
        labels,
        model.nativeBytes());
    ModelStatistics.Snapshot numbers = model.statistics();
    counter("windows", "Windows reranked, failed ones included.", labels, numbers.requests());
    counter("documents", "Documents scored.", labels, numbers.documents());
    counter("cached_documents", "Documents whose score was kept.", labels, numbers.cached());
    counter("documents_without_text", "Hits without text.", labels, numbers.withoutText());
    counter("passages", "Passages that the model scored.", labels, numbers.passages());
    counter("tokens", "Tokens that the model read.", labels, numbers.tokens());
    counter("padded_tokens", "Tokens with their padding.", labels, numbers.paddedTokens());
    counter("batches", "Batches run.", labels, numbers.batches());
    seconds("read", "Time spent on reading texts.", labels, numbers.readMillis());
    seconds("tokenise", "Time spent on making tokens.", labels, numbers.tokeniseMillis());
    seconds("model", "Time spent waiting for the model and in it.", labels, numbers.modelMillis());
    numbers
        .failures()
        .forEach((kind, count) ->
            counter(
                "failures",
                "Windows that got no scores.",
                labels + "," + label("kind", kind.spelled()),
                count));
  }

  private void counter(String name, String help, String labels, long value) {
    sample(name + "_total", "counter", help, labels, value);
  }

  private void seconds(String name, String help, String labels, long millis) {
    sample(name + "_seconds_total", "counter", help, labels, millis / 1000.0);
  }

  private void sample(String name, String type, String help, String labels, double value) {
    String family = "stillrank_" + name;
    families
        .computeIfAbsent(family, each -> new Family(type, help, new ArrayList<>()))
        .samples()
        .add(family + "{" + labels + "} " + number(value));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  private static String label(String name, String value) {
    return name
        + "=\""
        + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + "\"";
  }

  private String lines() {
    StringBuilder text = new StringBuilder();
    families.forEach((name, family) -> {
      text.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
      text.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
      family.samples().forEach(sample -> text.append(sample).append('\n'));
    });
    return text.toString();
  }
}
