/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.qrels.QrelsFile;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import uk.ac.gla.terrier.jtreceval.trec_eval;

/** The trec_eval binary as the judge of our measures. */
final class TrecEval {
  /** It prints four decimals. */
  private static final double HALF_A_DIGIT = 0.5e-4 + 1e-9;

  private static final Pattern NAME = Pattern.compile("(\\w+?)(?:\\(rel=(\\d+)\\))?(?:@(\\d+))?");
  private static final Map<String, String> FAMILIES =
      Map.of("nDCG", "ndcg", "AP", "map", "RR", "recip_rank", "Rprec", "Rprec", "Bpref", "bpref");
  private static final Map<String, String> CUT_FAMILIES =
      Map.of("nDCG", "ndcg_cut", "AP", "map_cut", "P", "P", "R", "recall", "Success", "success");

  /** A process of its own for every level of relevance and, for RR@k, depth. */
  private record Call(String level, String depth) {}

  private record Question(Measure measure, String option, String column) {}

  private TrecEval() {}

  /**
   * Reads both files with our readers and with trec_eval and asserts that every measure of every
   * topic, and every mean, is the same.
   *
   * @return how many values were compared
   */
  static int assertAgrees(Path trecQrels, Path run, List<Measure> measures) throws IOException {
    assumeTrue(trec_eval.isPlatformSupported(), "skipped: no trec_eval for this system");
    Qrels qrels = QrelsFile.read(trecQrels);
    Run ranked = RunFile.read(run);
    Evaluation ours = Evaluation.of(measures, ranked, qrels);
    Map<Call, List<Question>> calls = new HashMap<>();
    for (Measure measure : measures) {
      Matcher name = NAME.matcher(measure.name());
      assertThat(name.matches()).isTrue();
      String level = name.group(2) == null ? "1" : name.group(2);
      String cut = name.group(3);
      boolean byDepth = name.group(1).equals("RR") && cut != null;
      String family =
          cut == null || byDepth ? FAMILIES.get(name.group(1)) : CUT_FAMILIES.get(name.group(1));
      calls
          .computeIfAbsent(new Call(level, byDepth ? cut : ""), call -> new ArrayList<>())
          .add(
              cut == null || byDepth
                  ? new Question(measure, family, family)
                  : new Question(measure, family + "." + cut, family + "_" + cut));
    }
    int compared = 0;
    for (Map.Entry<Call, List<Question>> call : calls.entrySet()) {
      Map<String, Map<String, Double>> theirs = run(call.getKey(), call.getValue(), trecQrels, run);
      for (Question question : call.getValue()) {
        Map<String, Double> expected = theirs.get(question.column());
        Map<String, Double> actual = new TreeMap<>(ours.perTopic(question.measure()));
        actual.put("all", ours.mean(question.measure()));
        for (Map.Entry<String, Double> each : actual.entrySet()) {
          String topic = each.getKey();
          // trec_eval 9.0.4 counts a topic without hits in the mean and does not print it.
          boolean printed = topic.equals("all") || !ranked.ranking(topic).isEmpty();
          assertThat(expected.containsKey(topic)).as("topic %s", topic).isEqualTo(printed);
          assertThat(each.getValue())
              .as("%s of topic %s", question.measure().name(), topic)
              .isCloseTo(printed ? expected.get(topic) : 0, within(HALF_A_DIGIT));
          compared++;
        }
      }
    }
    return compared;
  }

  /** Column → topic → value. */
  private static Map<String, Map<String, Double>> run(
      Call call, List<Question> questions, Path qrels, Path run) {
    List<String> arguments = new ArrayList<>(List.of("-c", "-q", "-l", call.level()));
    if (!call.depth().isEmpty()) {
      arguments.addAll(List.of("-M", call.depth()));
    }
    // One -m for each family: given twice, trec_eval takes the first cut-offs only.
    Map<String, List<String>> cutoffs = new TreeMap<>();
    for (Question question : questions) {
      String[] option = question.option().split("\\.");
      List<String> cuts = cutoffs.computeIfAbsent(option[0], family -> new ArrayList<>());
      if (option.length == 2) {
        cuts.add(option[1]);
      }
    }
    cutoffs.forEach((family, cuts) ->
        arguments.addAll(
            List.of("-m", cuts.isEmpty() ? family : family + "." + String.join(",", cuts))));
    arguments.add(qrels.toString());
    arguments.add(run.toString());
    trec_eval process = new trec_eval();
    String[][] lines = process.runAndGetOutput(arguments.toArray(String[]::new));
    assertThat(process.getLastExitCode()).as("trec_eval %s", arguments).isZero();
    Map<String, Map<String, Double>> values = new HashMap<>();
    for (String[] line : lines) {
      values
          .computeIfAbsent(line[0], column -> new TreeMap<>())
          .put(line[1], Double.parseDouble(line[2]));
    }
    return values;
  }
}
