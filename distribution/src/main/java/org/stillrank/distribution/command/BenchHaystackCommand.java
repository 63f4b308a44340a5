/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.haystack.Haystack;
import org.stillrank.bench.haystack.HaystackOptions;
import org.stillrank.bench.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank bench haystack}. */
@Command(
    name = "haystack",
    description = {
      "Makes a collection of long documents: each text of a collection at a known depth inside",
      "unrelated real text, with the same queries and judgements. depths.tsv says where each is."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchHaystackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "A BEIR folder: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv.")
  private Path data;

  @Option(
      names = "--hay",
      paramLabel = "DIR",
      required = true,
      description = "A BEIR folder about something else, whose texts surround; repeatable.")
  private List<Path> hay;

  @Option(
      names = "--words",
      description = "Of a long document, with its own text.",
      defaultValue = "2000")
  private int words;

  @Option(
      names = "--depths",
      split = ",",
      description = "Shares of the other words that stand before it; each document draws one.",
      defaultValue = "0,0.25,0.5,0.75,1")
  private List<Double> depths;

  @Option(names = "--seed", description = "Of depths and surroundings.", defaultValue = "1")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The new BEIR folder; an older haystack there is replaced.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Haystack haystack =
        new Haystack(
            BeirCollection.open(data),
            hay.stream().map(BeirCollection::open).toList(),
            new HaystackOptions(words, depths, seed));
    int documents = haystack.write(out, Progress.onStandardError());
    spec.commandLine()
        .getOut()
        .printf(Locale.ROOT, "%d documents of %d words or more in [%s]%n", documents, words, out);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
