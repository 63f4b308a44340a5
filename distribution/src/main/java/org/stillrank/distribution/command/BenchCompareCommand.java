/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.comparison.ComparisonJson;
import org.stillrank.bench.comparison.ComparisonReport;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.comparison.ComparisonText;
import org.stillrank.bench.comparison.RunComparison;
import org.stillrank.bench.measure.Measure;
import org.stillrank.reranker.input.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stillrank bench compare}. */
@Command(
    name = "compare",
    description = {
      "Compares TREC runs topic by topic with a baseline.",
      "Paired t-test, randomisation test, Holm's correction, effect size d_z, wins/ties/losses,"
          + " and the topics that moved most."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchCompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "TREC run files, gzipped or not.")
  private List<Path> runs;

  @Option(
      names = "--qrels",
      required = true,
      paramLabel = "FILE",
      description = "Judgements: TREC's four columns, or BEIR's tsv.")
  private Path qrels;

  @Option(
      names = "--measures",
      paramLabel = "NAMES",
      defaultValue = "nDCG@10",
      description =
          "Measures between commas, under ir-measures' names, such as nDCG@10,RR(rel=2)@10,AP."
              + " Default: ${DEFAULT-VALUE}.")
  private String measures;

  @Option(
      names = "--baseline",
      paramLabel = "RUN",
      description = "What the others are compared with. Default: the first run.")
  private @Nullable Path baseline;

  @Option(
      names = "--moved",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many of the topics that moved most are shown. Default: ${DEFAULT-VALUE}.")
  private int moved;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Sign patterns of the randomisation test; all patterns when there are no more."
              + " Default: ${DEFAULT-VALUE}.")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the randomisation test. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--tie-tolerance",
      paramLabel = "X",
      defaultValue = "1e-9",
      description = "Differences up to this are ties. Default: ${DEFAULT-VALUE}.")
  private double tieTolerance;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also writes everything with full precision.")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    if (moved < 0) {
      throw new InvalidInputException("--moved [" + moved + "]: give 0 or more");
    }
    ComparisonReport report =
        RunComparison.of(
            baseline == null ? runs.getFirst() : baseline,
            baseline == null ? runs.subList(1, runs.size()) : runs,
            qrels,
            Measure.parseList(measures),
            new ComparisonSettings(seed, samples, tieTolerance));
    if (json != null) {
      ComparisonJson.write(json, report, moved);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(ComparisonText.table(report));
    out.println();
    out.print(ComparisonText.movedMost(report, moved));
    out.flush();
    return ExitCode.OK;
  }
}
