/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stillrank model score}. */
@Command(
    name = "score",
    description = {
      "Scores passages against a query: one line each, in the order given, with the raw logit",
      "(higher is more relevant), a tab and the passage."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  stillrank model score MODEL --query 'why is the sky blue' 'Air scatters blue light.' 'Bread.'",
      "  stillrank model score MODEL --query 'why is the sky blue' < passages.txt"
    })
public final class ModelScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelFolder model;

  @Option(names = "--query", paramLabel = "TEXT", required = true, description = "The query.")
  private String query;

  @Parameters(
      index = "1..*",
      paramLabel = "PASSAGE",
      arity = "0..*",
      description = "The passages; without any, each line of standard input is one.")
  private List<String> passages = List.of();

  @Override
  public Integer call() throws IOException {
    List<String> texts = passages.isEmpty() ? linesOfStandardInput() : passages;
    if (texts.isEmpty()) {
      throw new InvalidInputException(
          "there is nothing to score; give passages as arguments or as lines of standard input");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (CrossEncoder encoder = CrossEncoder.open(model.open(), ScoringOptions.defaults())) {
      float[] scores = encoder.score(query, texts, Cancellation.NONE);
      for (int i = 0; i < scores.length; i++) {
        out.println(scores[i] + "\t" + texts.get(i));
      }
    }
    out.flush();
    return 0;
  }

  private static List<String> linesOfStandardInput() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    }
  }
}
