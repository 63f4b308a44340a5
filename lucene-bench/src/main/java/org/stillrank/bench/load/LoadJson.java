/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report for programs, with full precision. */
final class LoadJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LoadJson() {}

  /**
   * {@code {collection, queries, documents, processors, window, seconds, warm_up_seconds,
   * settle_seconds, seed, idle: SEARCHES, series: [{name, points: [{clients, searches_per_second,
   * documents_per_second, searches: SEARCHES, others: SEARCHES, others_p95_to_idle}]}]}} with
   * {@code SEARCHES} being {@code {latency_seconds: {p50, p95, p99, max}, found, refused, failed,
   * lost, first_trouble}}; null is what nothing was answered for.
   */
  static String of(LoadReport report) {
    LoadSettings settings = report.settings();
    ObjectNode json = JSON.createObjectNode();
    json.put("collection", report.collection());
    json.put("queries", report.queries());
    json.put("documents", report.documents());
    json.put("processors", report.processors());
    json.put("window", settings.window());
    json.put("seconds", settings.seconds());
    json.put("warm_up_seconds", settings.warmUpSeconds());
    json.put("settle_seconds", settings.settleSeconds());
    json.put("seed", settings.seed());
    json.set("idle", searches(report.idle()));
    ArrayNode all = json.putArray("series");
    for (LoadSeries series : report.series()) {
      ArrayNode points = all.addObject().put("name", series.name()).putArray("points");
      series.points().forEach(point -> points.add(point(report, point)));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }

  private static ObjectNode point(LoadReport report, LoadPoint point) {
    ObjectNode json = JSON.createObjectNode();
    json.put("clients", point.clients());
    json.put("searches_per_second", point.searchesPerSecond());
    json.put("documents_per_second", point.documentsPerSecond());
    json.set("searches", searches(point.searches()));
    json.set("others", searches(point.others()));
    put(json, "others_p95_to_idle", report.othersToIdle(point));
    return json;
  }

  private static ObjectNode searches(Searches searches) {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode latency = json.putObject("latency_seconds");
    put(latency, "p50", searches.latencies().percentile(50));
    put(latency, "p95", searches.latencies().percentile(95));
    put(latency, "p99", searches.latencies().percentile(99));
    put(latency, "max", searches.latencies().percentile(100));
    Outcomes outcomes = searches.outcomes();
    json.put("found", outcomes.found());
    json.put("refused", outcomes.refused());
    json.put("failed", outcomes.failed());
    json.put("lost", outcomes.lost());
    return json.put("first_trouble", outcomes.firstTrouble().orElse(null));
  }

  private static void put(ObjectNode json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      json.put(name, value.getAsDouble());
    } else {
      json.putNull(name);
    }
  }
}
