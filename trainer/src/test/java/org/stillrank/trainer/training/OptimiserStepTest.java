/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.testing.ChildJvm;
import org.stillrank.trainer.batching.Activations;
import org.stillrank.trainer.batching.LengthGroups;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.objective.AdrMse;
import org.stillrank.trainer.objective.Bce;
import org.stillrank.trainer.objective.Bixse;
import org.stillrank.trainer.objective.Discount;
import org.stillrank.trainer.objective.DistillRankNet;
import org.stillrank.trainer.objective.Hinge;
import org.stillrank.trainer.objective.InfoNce;
import org.stillrank.trainer.objective.ListTargets;
import org.stillrank.trainer.objective.MarginMse;
import org.stillrank.trainer.objective.Objective;
import org.stillrank.trainer.objective.PlackettLuce;
import org.stillrank.trainer.objective.Relevance;
import org.stillrank.trainer.objective.Requirement;
import org.stillrank.trainer.objective.WeightedObjectives;
import org.stillrank.trainer.optimisation.AdamW;
import org.stillrank.trainer.optimisation.LinearSchedule;
import org.stillrank.trainer.weights.FloatTensor;

class OptimiserStepTest {
  private static final int QUERIES = 8;

  /** The rate of step 0 is 0. */
  private static final int WARM = 1;

  private static final WeightedObjectives BOTH =
      new WeightedObjectives(
          List.of(
              new WeightedObjectives.Term(new InfoNce(1), 1),
              new WeightedObjectives.Term(new MarginMse(), 0.1)));

  @TempDir private Path folder;

  @BeforeEach
  void oneThread() {
    torch.set_num_threads(1);
  }

  /** Lists of three and of four documents, so that the parts are not alike. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void theGradientsOfPartsAddUpToThoseOfTheWholeStep(int parts) throws IOException {
    Map<String, float[]> whole = gradients(1);
    Map<String, float[]> inParts = gradients(parts);
    whole.forEach((name, expected) ->
        assertThat(inParts.get(name)).as(name).containsExactly(expected, within(1e-5f)));
    assertThat(whole.get("classifier.weight")).isNotEqualTo(new float[16]);
  }

  /** Each query a part; lists of one to four documents, of one to three positives. */
  @ParameterizedTest
  @MethodSource("objectives")
  void everyObjectiveTakesTheSameStepInParts(Objective objective) throws IOException {
    WeightedObjectives only = WeightedObjectives.only(objective);
    List<TrainingList> lists = varied(objective.requirements());
    Map<String, float[]> whole = gradients(lists, only, 1);
    Map<String, float[]> inParts = gradients(lists, only, QUERIES);
    float largest = 0;
    for (Map.Entry<String, float[]> each : whole.entrySet()) {
      assertThat(inParts.get(each.getKey()))
          .as(each.getKey())
          .containsExactly(each.getValue(), within(1e-5f));
      for (float gradient : each.getValue()) {
        largest = Math.max(largest, Math.abs(gradient));
      }
    }
    assertThat(largest).isGreaterThan(1e-2f);
  }

  static Stream<Objective> objectives() {
    return Stream.of(
        new Bce(),
        new Hinge(1),
        new InfoNce(0.5),
        new MarginMse(),
        new DistillRankNet(2),
        new AdrMse(0.5, Discount.LOG2),
        new PlackettLuce(),
        new Bixse(new Relevance.OfTeacher(1)),
        new Bixse(new Relevance.OfGrade(3)));
  }

  /** Lists that an objective can learn from, as unlike as it allows. */
  private static List<TrainingList> varied(Set<Requirement> requirements) {
    List<List<Integer>> grades =
        List.of(
            List.of(1, 0, 0, 0),
            List.of(2, 0),
            List.of(1, 3, 0),
            List.of(1),
            List.of(1, 1, 0, 1),
            List.of(0, 0, 0),
            List.of(1, 1));
    List<TrainingList> all = new ArrayList<>();
    for (TrainingList list : TinyTraining.lists(40)) {
      List<Integer> of = grades.get(all.size() % grades.size());
      List<Double> teacher = List.of(1.5, -0.5, 0.25, 0.25).subList(0, of.size());
      all.add(
          new TrainingList(
              list.source(),
              list.topicId(),
              list.query(),
              list.candidates().subList(0, of.size()),
              of,
              teacher));
    }
    return all.stream()
        .filter(list -> {
          ListTargets targets = new ListTargets(list.grades(), list.teacherScores());
          return requirements.stream().allMatch(each -> each.isMetBy(targets));
        })
        .toList();
  }

  private Map<String, float[]> gradients(int parts) throws IOException {
    return gradients(scored(1), BOTH, parts);
  }

  private Map<String, float[]> gradients(
      List<TrainingList> lists, WeightedObjectives objectives, int parts) throws IOException {
    try (Stage stage = new Stage(lists, objectives, parts)) {
      stage.loss.addGradients(stage.examples.ofStep(0));
      return stage.gradients();
    }
  }

  /** Batches of 64 tokens, so that a part has several. */
  @ParameterizedTest
  @CsvSource({"1, 0.0", "1, 0.3", "2, 0.3"})
  void recomputedActivationsTakeTheSameStepWithTheSameDropout(int parts, double dropout)
      throws IOException {
    try (Stage kept = new Stage(scored(1), BOTH, parts, Activations.KEPT, dropout);
        Stage again = new Stage(scored(1), BOTH, parts, Activations.RECOMPUTED, dropout)) {
      torch.manual_seed(5);
      double loss = kept.loss.addGradients(kept.examples.ofStep(0));
      torch.manual_seed(5);
      assertThat(again.loss.addGradients(again.examples.ofStep(0))).isEqualTo(loss);
      Map<String, float[]> recomputed = again.gradients();
      kept.gradients()
          .forEach((name, expected) ->
              assertThat(recomputed.get(name)).as(name).containsExactly(expected, within(1e-5f)));
      assertThat(recomputed.get("classifier.weight")).isNotEqualTo(new float[16]);
    }
  }

  /** Margins whose squares, or which themselves, are beyond float32. */
  @ParameterizedTest
  @CsvSource({"1e30, Infinity", "1e200, NaN"})
  void aLossThatIsNotFiniteStopsTheTrainingAndNoWeightMoves(double top, String loss)
      throws IOException {
    try (Stage stage = new Stage(scored(top), 1)) {
      assertStops(stage, "the loss is " + loss);
    }
  }

  /** A head so large that loss and gradients are numbers and the gradients' squares are not. */
  @Test
  void aGradientNormThatIsNotFiniteStopsTheTrainingAndNoWeightMoves() throws IOException {
    try (Stage stage = new Stage(scored(1), WeightedObjectives.only(new InfoNce(1)), 1)) {
      Tensor head = stage.encoder.parameters().get("classifier.weight");
      FloatTensor large = FloatTensor.of(head);
      for (int i = 0; i < large.values().length; i++) {
        large.values()[i] *= 1e30f;
      }
      large.copyTo(head);
      assertStops(stage, "the gradient norm is Infinity");
    }
  }

  private static void assertStops(Stage stage, String because) {
    SequencedMap<String, FloatTensor> before = FloatTensor.of(stage.encoder.parameters());
    assertThatThrownBy(() -> stage.step.run(WARM))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContainingAll(
            "stopped at step 2", because, "[tiny query q", "documents [d", "lower learning_rate");
    before.forEach((name, tensor) ->
        assertThat(FloatTensor.of(stage.encoder.parameters().get(name)).values())
            .as(name)
            .containsExactly(tensor.values()));
  }

  /** In a process whose heap is all there from the start, so that only native memory can grow. */
  @Test
  void residentMemoryStaysFlatOverAThousandSteps() throws Exception {
    List<String> printed =
        ChildJvm.run(
                List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1"),
                OptimiserStepTest.class,
                folder.toString())
            .toList();
    // A step makes over a hundred kilobytes of gradients and activations.
    assertThat(Long.parseLong(printed.getLast())).isLessThan(8L << 20);
  }

  /** Prints by how many bytes the process has grown over 1,000 steps. */
  public static void main(String[] arguments) throws IOException {
    OptimiserStepTest test = new OptimiserStepTest();
    test.folder = Path.of(arguments[0]);
    test.oneThread();
    try (Stage stage = test.new Stage(scored(1), 2)) {
      for (int step = 0; step < 150; step++) {
        stage.step.run(step);
      }
      long before = Pointer.physicalBytes();
      for (int step = 150; step < 1150; step++) {
        stage.step.run(step);
      }
      System.out.println(Pointer.physicalBytes() - before);
    }
  }

  /** Half of the lists lack their last document. */
  private static List<TrainingList> scored(double top) {
    List<TrainingList> lists = new ArrayList<>();
    for (TrainingList list : TinyTraining.lists(2 * QUERIES)) {
      int documents = lists.size() % 2 == 0 ? 4 : 3;
      List<Double> teacher = new ArrayList<>(Collections.nCopies(documents, 0.5));
      teacher.set(0, top);
      lists.add(
          new TrainingList(
              list.source(),
              list.topicId(),
              list.query(),
              list.candidates().subList(0, documents),
              list.grades().subList(0, documents),
              teacher));
    }
    return lists;
  }

  private final class Stage implements AutoCloseable {
    private final PairTokenizer tokenizer =
        PairTokenizer.open(TinyTraining.tokenizer(folder), new PairLimits(24, 8));
    private final Encoder encoder;
    private final AdamW adam;
    private final Examples examples;
    private final StepLoss loss;
    private final OptimiserStep step;

    Stage(List<TrainingList> lists, int parts) throws IOException {
      this(lists, BOTH, parts);
    }

    Stage(List<TrainingList> lists, WeightedObjectives objectives, int parts) throws IOException {
      this(lists, objectives, parts, Activations.KEPT, 0);
    }

    Stage(
        List<TrainingList> lists,
        WeightedObjectives objectives,
        int parts,
        Activations activations,
        double dropout)
        throws IOException {
      encoder = TinyTraining.encoder(dropout);
      encoder.training();
      adam = new AdamW(encoder.parameters(), AdamW.Settings.withWeightDecay(0.01));
      examples = new Examples(lists, tokenizer, QUERIES, 4, 7);
      loss = new StepLoss(encoder, objectives, new LengthGroups(64), parts, activations);
      step = new OptimiserStep(examples, loss, adam, new LinearSchedule(1e-3, 1, 2000), 1.0, 7);
    }

    Map<String, float[]> gradients() {
      Map<String, float[]> gradients = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> each : encoder.parameters().entrySet()) {
        try (Tensor gradient = each.getValue().grad()) {
          gradients.put(each.getKey(), FloatTensor.of(gradient).values());
        }
      }
      return gradients;
    }

    @Override
    public void close() {
      adam.close();
      encoder.close();
      tokenizer.close();
    }
  }
}
