/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.significance.RandomizationResult;
import org.stillrank.bench.significance.WinsTiesLosses;
import org.stillrank.reranker.storage.AtomicOutput;
import tools.jackson.databind.json.JsonMapper;

/** A report for programs, with full precision. */
public final class ComparisonJson {
  private ComparisonJson() {}

  /** Writes {@code {baseline, topics, systems, tests}}. */
  public static void write(Path file, ComparisonReport report, int moved) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("baseline", report.baseline().name());
    json.put("topics", report.topics());
    json.put("systems", systems(report));
    json.put("tests", tests(report, moved));
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

  /** {@code [{name, measures: {"nDCG@10": mean}}]}, the baseline first. */
  public static List<Map<String, Object>> systems(ComparisonReport report) {
    return report.systems().stream().map(system -> system(system, report.measures())).toList();
  }

  private static Map<String, Object> system(EvaluatedSystem system, List<Measure> measures) {
    Map<String, Double> means = new LinkedHashMap<>();
    measures.forEach(measure -> means.put(measure.name(), system.evaluation().mean(measure)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", system.name());
    json.put("measures", means);
    return json;
  }

  /**
   * One entry for each comparison: {@code {measure, system, baseline, baseline_mean, system_mean,
   * change, t_test: {p, holm}, randomization: {p, holm, patterns, count, seed}, d_z, wins, ties,
   * losses, moved: [{topic, baseline, system, change}]}}; {@code d_z} is null when all topics moved
   * alike, {@code moved} has at most that many topics.
   */
  public static List<Map<String, Object>> tests(ComparisonReport report, int moved) {
    return report.comparisons().stream().map(each -> test(each, report, moved)).toList();
  }

  private static Map<String, Object> test(
      CorrectedComparison each, ComparisonReport report, int moved) {
    Comparison comparison = each.comparison();
    RandomizationResult randomization = comparison.randomization();
    WinsTiesLosses counts = comparison.winsTiesLosses();
    Map<String, Object> tTest = new LinkedHashMap<>();
    tTest.put("p", comparison.tTestPValue());
    tTest.put("holm", each.tTestHolm());
    Map<String, Object> random = new LinkedHashMap<>();
    random.put("p", randomization.pValue());
    random.put("holm", each.randomizationHolm());
    random.put("patterns", randomization.patterns().name().toLowerCase(Locale.ROOT));
    random.put("count", randomization.count());
    random.put("seed", report.settings().seed());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("measure", each.measure().name());
    json.put("system", each.system());
    json.put("baseline", report.baseline().name());
    json.put("baseline_mean", comparison.baselineMean());
    json.put("system_mean", comparison.systemMean());
    json.put("change", comparison.change());
    json.put("t_test", tTest);
    json.put("randomization", random);
    json.put(
        "d_z", comparison.effectSize().isPresent() ? comparison.effectSize().getAsDouble() : null);
    json.put("wins", counts.wins());
    json.put("ties", counts.ties());
    json.put("losses", counts.losses());
    json.put("moved", comparison.movedMost(moved).stream().map(ComparisonJson::change).toList());
    return json;
  }

  private static Map<String, Object> change(TopicChange change) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("topic", change.topic());
    json.put("baseline", change.baseline());
    json.put("system", change.system());
    json.put("change", change.change());
    return json;
  }
}
