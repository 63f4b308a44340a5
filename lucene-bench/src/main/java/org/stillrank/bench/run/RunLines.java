/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.lines.Line;
import org.stillrank.reranker.input.InvalidInputException;

/** Gathers the lines of a run file. */
final class RunLines {
  private static final Pattern GAP = Pattern.compile("[ \t]+");
  private static final int COLUMNS = 6;

  private record Hit(ScoredDocument document, int rank) {}

  private final Map<String, List<Hit>> hits = new LinkedHashMap<>();
  private final Map<String, Set<String>> seen = new LinkedHashMap<>();
  private @Nullable String tag;

  void add(Line line) {
    String[] columns = GAP.split(line.text().strip());
    if (columns.length != COLUMNS) {
      throw line.refusal(
          "has ["
              + columns.length
              + "] columns; a run line has six: topic Q0 document rank score tag");
    }
    String topic = columns[0];
    String docId = columns[2];
    if (!seen.computeIfAbsent(topic, key -> new HashSet<>()).add(docId)) {
      throw line.refusal(
          "repeats the document [" + docId + "] of the topic [" + topic + "]; keep one of them");
    }
    hits.computeIfAbsent(topic, key -> new ArrayList<>())
        .add(new Hit(new ScoredDocument(docId, score(columns[4], line)), rank(columns[3], line)));
    if (tag == null) {
      tag = columns[5];
    }
  }

  Run toRun(Path file) {
    if (tag == null) {
      throw new InvalidInputException("[" + file + "] has no lines; give a TREC run file");
    }
    Comparator<Hit> bestFirst =
        Comparator.comparingDouble((Hit hit) -> hit.document().score())
            .reversed()
            .thenComparingInt(Hit::rank);
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    hits.forEach((topic, each) ->
        rankings.put(topic, each.stream().sorted(bestFirst).map(Hit::document).toList()));
    return new Run(tag, rankings);
  }

  private static double score(String column, Line line) {
    try {
      double score = Double.parseDouble(column);
      if (Double.isFinite(score)) {
        return score;
      }
    } catch (NumberFormatException e) {
      throw line.refusal(
          "has the score [" + column + "], which is not a number; write one such as 12.5");
    }
    throw line.refusal(
        "has the score ["
            + column
            + "]; scores must be finite: remove the line, or make the run again");
  }

  private static int rank(String column, Line line) {
    return line.integer("rank", column);
  }
}
