/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.bench.comparison.ComparisonJson;
import org.stillrank.bench.comparison.EvaluatedSystem;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of a bench run: {@code NAME.run} for each system, {@code per-query.tsv} and {@code
 * summary.json}. The summary of an earlier run is removed first and the new one is written last, so
 * that a folder with a summary is a complete one.
 */
public final class ExperimentFiles {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ExperimentFiles() {}

  /**
   * @param besides runs that are not in the result
   * @throws InvalidInputException if {@code folder} is a file
   */
  public static void write(Path folder, ExperimentResult result, List<Run> besides)
      throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidInputException("[" + folder + "] is a file; give a folder to write to");
    }
    Path summary = folder.resolve("summary.json");
    AtomicOutput.delete(summary);
    List<Run> runs = new ArrayList<>(result.runs());
    runs.addAll(besides);
    for (Run run : runs) {
      RunFile.write(folder.resolve(fileName(run.tag()) + ".run"), run);
    }
    AtomicOutput.text(folder.resolve("per-query.tsv"), perQuery(result));
    AtomicOutput.text(
        summary, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(summary(result)) + "\n");
  }

  private static Map<String, Object> summary(ExperimentResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("collection", result.collection());
    json.put("split", result.split());
    json.put("systems", ComparisonJson.systems(result.report()));
    json.put("tests", ComparisonJson.tests(result.report(), 0));
    return json;
  }

  private static String perQuery(ExperimentResult result) {
    StringBuilder lines = new StringBuilder("query-id\tmeasure\tsystem\tvalue\n");
    for (EvaluatedSystem system : result.report().systems()) {
      for (Measure measure : system.evaluation().measures()) {
        for (Map.Entry<String, Double> each : system.evaluation().perTopic(measure).entrySet()) {
          lines.append(each.getKey()).append('\t').append(measure.name()).append('\t');
          lines.append(system.name()).append('\t').append(each.getValue()).append('\n');
        }
      }
    }
    return lines.toString();
  }

  /** A model may be called after its hub path, which would be a folder here. */
  static String fileName(String system) {
    return system.replaceAll("[^A-Za-z0-9._+@-]", "_");
  }
}
