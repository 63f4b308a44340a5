/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.inspection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.head.BatchDependence;
import org.stillrank.reranker.head.HeadProbe;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.Schedule;
import org.stillrank.reranker.scoring.ScoringOptions;

/**
 * Whether a model is what it claims: whole files, a scoring head, a fitting tokenizer, and scores
 * that do not depend on what else is scored.
 *
 * @param checks in the order they were made
 */
public record ModelVerification(List<Check> checks) {
  private static final String QUERY = "what keeps ships from leaving the harbour";
  private static final String SENTENCE =
      "In cold winters the harbour freezes, and ships wait until the ice is broken. ";

  public ModelVerification {
    checks = List.copyOf(checks);
  }

  /** How a check ended. */
  public enum Outcome {
    PASSED,
    FAILED
  }

  /** One claim that was tried. */
  public record Check(String name, Outcome outcome, String detail) {}

  /** Whether all checks passed. */
  public Outcome outcome() {
    return checks.stream().allMatch(check -> check.outcome() == Outcome.PASSED)
        ? Outcome.PASSED
        : Outcome.FAILED;
  }

  /**
   * Tries everything that can be tried without judgements.
   *
   * @param bundle an opened bundle: opening it has compared its files with their hashes
   * @throws org.stillrank.reranker.input.InvalidInputException when the model does not open
   */
  public static ModelVerification of(ModelBundle bundle) throws IOException {
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            "files",
            Outcome.PASSED,
            bundle
                .manifest()
                .map(manifest -> manifest.files().size() + " files have the recorded SHA-256")
                .orElse("a Hugging Face folder records no hashes; nothing to compare")));
    List<String> passages = passages();
    float[] alone;
    try (CrossEncoder encoder = open(bundle, new Schedule(1, 1, 1))) {
      checks.add(new Check("head", Outcome.PASSED, "answers one finite number for each pair"));
      checks.add(new Check("tokenizer", Outcome.PASSED, "the model knows its highest token"));
      checks.add(
          new Check(
              "length",
              Outcome.PASSED,
              "reads pairs of max_length [" + bundle.maxLength() + "] tokens"));
      checks.add(dependence(encoder));
      alone = aloneScores(encoder, passages);
    }
    for (int tokens : List.of(bundle.maxLength(), 4 * bundle.maxLength())) {
      Schedule schedule = new Schedule(2, 1, tokens);
      try (CrossEncoder encoder = open(bundle, schedule)) {
        checks.add(invariance(encoder, passages, alone, tokens));
      }
    }
    return new ModelVerification(checks);
  }

  private static CrossEncoder open(ModelBundle bundle, Schedule schedule) throws IOException {
    return CrossEncoder.open(bundle, ScoringOptions.defaults().withSchedule(schedule));
  }

  private static Check dependence(CrossEncoder encoder) {
    String difference = String.format(Locale.ROOT, "%.2g", encoder.probe().largestDifference());
    return new Check(
        "batches",
        Outcome.PASSED,
        encoder.batchDependence() == BatchDependence.INDEPENDENT
            ? "the same alone and in a batch (largest difference " + difference + ")"
            : "batch_dependent (largest difference "
                + difference
                + "): documents are scored one at a time");
  }

  private static Check invariance(
      CrossEncoder encoder, List<String> passages, float[] alone, int tokens) {
    float largest = 0;
    for (int seed = 0; seed < 3; seed++) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < passages.size(); i++) {
        order.add(i);
      }
      Collections.shuffle(order, new Random(seed));
      float[] scores =
          encoder.score(QUERY, order.stream().map(passages::get).toList(), Cancellation.NONE);
      for (int i = 0; i < scores.length; i++) {
        largest = Math.max(largest, Math.abs(scores[i] - alone[order.get(i)]));
      }
    }
    return new Check(
        "order",
        largest <= HeadProbe.TOLERANCE ? Outcome.PASSED : Outcome.FAILED,
        String.format(
            Locale.ROOT,
            "%d passages in 3 orders, batches of %d tokens: largest difference to each alone %.2g",
            passages.size(),
            tokens,
            largest));
  }

  private static float[] aloneScores(CrossEncoder encoder, List<String> passages) {
    float[] scores = new float[passages.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = encoder.score(QUERY, List.of(passages.get(i)), Cancellation.NONE)[0];
    }
    return scores;
  }

  /** From nothing to longer than any pair. */
  private static List<String> passages() {
    List<String> passages = new ArrayList<>(List.of("", "ice", "Ships?"));
    for (int sentences = 1; sentences <= 64; sentences *= 2) {
      passages.add(SENTENCE.repeat(sentences));
    }
    return passages;
  }
}
