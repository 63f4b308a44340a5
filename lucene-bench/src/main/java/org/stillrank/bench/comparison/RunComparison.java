/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.qrels.QrelsFile;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.reranker.input.InvalidInputException;

/** Run files against one of them: what {@code bench compare} does. */
public final class RunComparison {
  private RunComparison() {}

  /**
   * Compares every other run with the baseline.
   *
   * @param runs the baseline may be among them
   * @throws InvalidInputException for files that cannot be read as runs or judgements, a run given
   *     twice, a single run, and a run without any judged topic
   */
  public static ComparisonReport of(
      Path baseline,
      List<Path> runs,
      Path qrelsFile,
      List<Measure> measures,
      ComparisonSettings settings)
      throws IOException {
    List<Path> files = new ArrayList<>(List.of(baseline));
    runs.stream().filter(run -> !place(run).equals(place(baseline))).forEach(files::add);
    if (files.size() < 2) {
      throw new InvalidInputException(
          "[" + baseline + "] is the only run; give one more to compare it with");
    }
    Set<Path> distinct = new LinkedHashSet<>();
    for (Path file : files) {
      if (!distinct.add(place(file))) {
        throw new InvalidInputException("run [" + file + "] is given twice; drop one");
      }
    }
    Qrels qrels = QrelsFile.read(qrelsFile);
    if (qrels.topics().size() < 2) {
      throw new InvalidInputException(
          "["
              + qrels.topics().size()
              + "] judged topic shows nothing about two systems; give judgements of more topics");
    }
    List<EvaluatedSystem> systems = new ArrayList<>();
    for (Path file : files) {
      Run run = RunFile.read(file);
      if (qrels.topics().stream().allMatch(topic -> run.ranking(topic).isEmpty())) {
        throw new InvalidInputException(
            "run ["
                + file
                + "] has none of the topics judged in ["
                + qrelsFile
                + "]; give the judgements of its topics");
      }
      systems.add(new EvaluatedSystem(name(file, files), Evaluation.of(measures, run, qrels)));
    }
    return ComparisonReport.of(systems.getFirst(), systems.subList(1, systems.size()), settings);
  }

  /** The file's own name, or the whole path where another run's file has the same name. */
  private static String name(Path file, List<Path> files) {
    Path own = place(file).getFileName();
    long alike = files.stream().filter(other -> own.equals(place(other).getFileName())).count();
    return alike == 1 ? own.toString() : file.toString();
  }

  private static Path place(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
