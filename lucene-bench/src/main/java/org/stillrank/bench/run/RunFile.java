/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.stillrank.bench.lines.LineFile;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * TREC run files: {@code topic Q0 document rank score tag}, one hit a line, split by spaces or
 * tabs.
 *
 * <p>Read as trec_eval reads them: the second column is ignored and the score decides the order;
 * among equal scores the written rank does.
 */
public final class RunFile {
  private static final int DECIMALS = 6;
  private static final long MILLION = 1_000_000;
  private static final double MOST_BY_HAND = 1e9;

  private RunFile() {}

  /**
   * @throws InvalidInputException if a line has not six columns, its rank or score is no number, or
   *     it repeats a document of its topic
   */
  public static Run read(Path file) throws IOException {
    RunLines hits = new RunLines();
    LineFile.forEach(file, hits::add);
    return hits.toRun(file);
  }

  /** Writes ranks from 1 and six decimals, as Anserini does; gzip if the name ends in .gz. */
  public static void write(Path file, Run run) throws IOException {
    AtomicOutput.file(
        file,
        out -> {
          if (file.toString().endsWith(".gz")) {
            GZIPOutputStream gzip = new GZIPOutputStream(out);
            write(gzip, run);
            gzip.finish();
          } else {
            write(out, run);
          }
        });
  }

  private static void write(OutputStream out, Run run) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    StringBuilder block = new StringBuilder();
    for (String topic : run.topics()) {
      List<ScoredDocument> ranking = run.ranking(topic);
      for (int i = 0; i < ranking.size(); i++) {
        ScoredDocument hit = ranking.get(i);
        block.append(topic).append(" Q0 ").append(hit.docId()).append(' ').append(i + 1);
        block.append(' ');
        appendSixDecimals(block, hit.score());
        block.append(' ').append(run.tag()).append('\n');
      }
      writer.append(block);
      block.setLength(0);
    }
    writer.flush();
  }

  /** As {@code %.6f}; formatting would take longer than the search that found the hits. */
  private static void appendSixDecimals(StringBuilder line, double score) {
    if (Math.abs(score) > MOST_BY_HAND) {
      line.append(String.format(Locale.ROOT, "%.6f", score));
      return;
    }
    long millionths = Math.round(Math.abs(score) * MILLION);
    line.append(score < 0 ? "-" : "").append(millionths / MILLION).append('.');
    String fraction = Long.toString(millionths % MILLION);
    line.repeat('0', DECIMALS - fraction.length()).append(fraction);
  }
}
