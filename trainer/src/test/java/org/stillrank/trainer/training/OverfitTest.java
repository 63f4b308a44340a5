/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.batching.Activations;
import org.stillrank.trainer.batching.LengthGroups;
import org.stillrank.trainer.config.ObjectiveTerm;
import org.stillrank.trainer.config.ObjectiveTerm.Kind;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.TinyFamily;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.objective.Objective;
import org.stillrank.trainer.objective.Requirement;
import org.stillrank.trainer.objective.WeightedObjectives;
import org.stillrank.trainer.optimisation.AdamW;
import org.stillrank.trainer.optimisation.LinearSchedule;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * What cannot be learned by heart cannot be learned: every family with every objective orders 64
 * pairs of the demo collection, 16 questions with four passages each, after training on them. A
 * passage that answers one question stands beside another too, as one that does not, so that no
 * score of the passage alone is right.
 */
class OverfitTest {
  private static final int QUESTIONS = 16;
  private static final int MOST_STEPS = 200;
  private static final int EVERY = 20;

  /** The passage that answers, one that is close, and the two of the next question. */
  private static final List<Integer> GRADES = List.of(1, 0, 0, 0);

  private static final List<Double> TEACHER_SCORES = List.of(3.0, 1.0, -1.0, -3.0);
  private static final LengthGroups GROUPS = new LengthGroups(4096);

  @TempDir private Path folder;

  @BeforeEach
  void twoThreads() {
    torch.set_num_threads(2);
  }

  static Stream<Arguments> familiesAndObjectives() {
    return Stream.of(TinyFamily.values())
        .flatMap(family -> Stream.of(Kind.values()).map(kind -> Arguments.of(family, kind)));
  }

  @ParameterizedTest
  @MethodSource("familiesAndObjectives")
  void everyFamilyOverfitsWithEveryObjective(TinyFamily family, Kind kind) throws IOException {
    Objective objective = new ObjectiveTerm(kind, 1, null, null, null, null).objective();
    try (Encoder encoder = family.weights(3).encoder();
        PairTokenizer tokenizer =
            PairTokenizer.open(family.tokenizer(folder), new PairLimits(40, 16));
        AdamW adam = new AdamW(encoder.parameters(), AdamW.Settings.withWeightDecay(0))) {
      Examples examples = new Examples(lists(), tokenizer, QUESTIONS, GRADES.size(), 7);
      OptimiserStep step =
          new OptimiserStep(
              examples,
              new StepLoss(
                  encoder, WeightedObjectives.only(objective), GROUPS, 1, Activations.KEPT),
              adam,
              LinearSchedule.withWarmupFraction(5e-3, 0.1, MOST_STEPS),
              1.0,
              7);
      double untrained = accuracy(encoder, examples.ofStep(0), objective);
      double trained = untrained;
      int done = 0;
      while (trained <= 0.99 && done < MOST_STEPS) {
        encoder.training();
        for (int end = done + EVERY; done < end; done++) {
          step.run(done);
        }
        encoder.evaluation();
        trained = accuracy(encoder, examples.ofStep(0), objective);
      }
      assertThat(untrained).isLessThan(0.75);
      assertThat(trained).isGreaterThan(0.99);
    }
  }

  /** Share of the pairs of passages that the objective orders which the scores order so too. */
  private static double accuracy(Encoder encoder, List<Example> examples, Objective objective) {
    boolean byTeacher = objective.requirements().contains(Requirement.TEACHER_SCORES);
    int pairs = 0;
    int right = 0;
    for (Example example : examples) {
      float[] scores = scores(encoder, example);
      for (int better = 0; better < scores.length; better++) {
        for (int worse = 0; worse < scores.length; worse++) {
          boolean ordered =
              byTeacher
                  ? example.targets().teacherScores().get(better)
                      > example.targets().teacherScores().get(worse)
                  : example.targets().isPositive(better) && !example.targets().isPositive(worse);
          pairs += ordered ? 1 : 0;
          right += ordered && scores[better] > scores[worse] ? 1 : 0;
        }
      }
    }
    assertThat(pairs).isEqualTo(byTeacher ? 96 : 48);
    return (double) right / pairs;
  }

  private static float[] scores(Encoder encoder, Example example) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      return FloatTensor.of(GROUPS.logits(encoder, example.pairs(), () -> {})).values();
    }
  }

  private static List<TrainingList> lists() throws IOException {
    BeirCollection demo = BeirCollection.open(SharedFiles.project("distribution/demo"));
    Map<String, Document> documents =
        demo.documents().stream().collect(Collectors.toMap(Document::id, each -> each));
    Qrels qrels = demo.qrels("test");
    List<Topic> topics = demo.topics("test").subList(0, QUESTIONS);
    List<TrainingList> lists = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      List<Candidate> candidates = new ArrayList<>();
      for (Topic each : List.of(topics.get(i), topics.get((i + 1) % QUESTIONS))) {
        Map<String, Integer> grades = qrels.grades(each.id());
        grades.keySet().stream()
            .sorted(Comparator.comparing(grades::get).reversed())
            .forEach(id -> candidates.add(new Candidate(id, documents.get(id).text())));
      }
      lists.add(
          new TrainingList(
              "demo",
              topics.get(i).id(),
              topics.get(i).text(),
              candidates,
              GRADES,
              TEACHER_SCORES));
    }
    return lists;
  }
}
