/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.qrels;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.stillrank.bench.lines.Line;
import org.stillrank.bench.lines.LineFile;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Reads judgements: TREC's four columns {@code topic iteration document grade} between any white
 * space, or BEIR's three between tabs under the header {@code query-id corpus-id score}; gzipped or
 * not.
 *
 * <p>A document judged twice for one topic is refused, with the same grade or another, as trec_eval
 * refuses it: any choice between the two lines would change figures in silence.
 */
public final class QrelsFile {
  private static final String BEIR_HEADER = "query-id\tcorpus-id\tscore";

  private final Map<String, Map<String, Integer>> gradesByTopic = new LinkedHashMap<>();
  private boolean beir;

  private QrelsFile() {}

  /**
   * Reads a whole file.
   *
   * @throws InvalidInputException with file and line for what is not a judgement, and for a file
   *     without any
   */
  public static Qrels read(Path file) throws IOException {
    QrelsFile reader = new QrelsFile();
    LineFile.forEach(file, reader::accept);
    if (reader.gradesByTopic.isEmpty()) {
      throw new InvalidInputException(
          "[" + file + "] holds no judgement; a line is [topic 0 document grade]");
    }
    return Qrels.of(reader.gradesByTopic);
  }

  private void accept(Line line) {
    if (line.number() == 1 && line.text().strip().equals(BEIR_HEADER)) {
      beir = true;
      return;
    }
    String[] columns = beir ? line.text().split("\t", -1) : line.text().strip().split("\\s+", -1);
    if (columns.length != (beir ? 3 : 4)) {
      throw line.refusal(malformed(line));
    }
    String topic = columns[0].strip();
    String document = columns[beir ? 1 : 2].strip();
    if (topic.isEmpty() || document.isEmpty()) {
      throw line.refusal(malformed(line));
    }
    int grade = line.integer("grade", columns[columns.length - 1].strip());
    Integer before =
        gradesByTopic.computeIfAbsent(topic, t -> new LinkedHashMap<>()).put(document, grade);
    if (before != null) {
      throw line.refusal(
          String.format(
              Locale.ROOT,
              "document [%s] is judged again for topic [%s]: grade %d here, %d before;"
                  + " keep one of the lines",
              document,
              topic,
              grade,
              before));
    }
  }

  private String malformed(Line line) {
    return beir
        ? "[" + line.text() + "] is not a judgement; write query, document and grade between tabs"
        : "["
            + line.text()
            + "] is not a judgement; write [topic 0 document grade], or begin the file with the"
            + " header [query-id corpus-id score] (tabs) for three columns";
  }
}
