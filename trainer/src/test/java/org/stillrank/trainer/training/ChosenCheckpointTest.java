/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.batching.LengthGroups;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.TokenBatch;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.Judgements;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.training.TinyTraining.Choice;
import org.stillrank.trainer.validation.HeldOutQueries;
import org.stillrank.trainer.weights.FloatTensor;
import org.stillrank.trainer.weights.SafetensorsFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which weights are kept, when training ends early, and by which numbers. */
class ChosenCheckpointTest {
  private static final Measure NDCG = Measure.parse("nDCG");

  @TempDir private Path folder;

  /** Against the bench's own measures, which equal trec_eval's, of each reranked folder. */
  @Test
  void foldersHaveTheirMeansOverAllThatIsJudged() throws IOException {
    List<TrainingList> lists = lists();
    List<Judgements> judgements = judgements();
    try (PairTokenizer tokenizer =
            PairTokenizer.open(TinyTraining.tokenizer(folder), new PairLimits(24, 8));
        Encoder encoder = TinyTraining.encoder(0.1)) {
      HeldOutQueries.Means means =
          HeldOutQueries.of(lists, judgements, tokenizer, NDCG, new LengthGroups(64))
              .means(encoder, Cancellation.NONE, Progress.silent());
      assertThat(means.bySource()).containsOnlyKeys("one/dev", "two/dev");
      means
          .bySource()
          .forEach((source, mean) ->
              assertThat(mean)
                  .as(source)
                  .isCloseTo(
                      Evaluation.of(
                              List.of(NDCG),
                              reranked(lists, source, tokenizer, encoder),
                              qrels(judgements, source))
                          .mean(NDCG),
                      within(1e-12))
                  .isBetween(0.1, 0.9));
      assertThat(means.mean())
          .isCloseTo(
              means.bySource().values().stream().mapToDouble(each -> each).average().orElseThrow(),
              within(1e-12))
          .isNotEqualTo(means.bySource().get("one/dev"));
    }
  }

  @Test
  void aScoreThatIsNoNumberIsNamed() throws IOException {
    try (PairTokenizer tokenizer =
            PairTokenizer.open(TinyTraining.tokenizer(folder), new PairLimits(24, 8));
        Encoder encoder = TinyTraining.encoder(0)) {
      new FloatTensor(new long[] {1}, new float[] {Float.NaN})
          .copyTo(encoder.parameters().get("classifier.bias"));
      HeldOutQueries queries =
          HeldOutQueries.of(lists(), judgements(), tokenizer, NDCG, new LengthGroups(64));
      assertThatThrownBy(() -> queries.means(encoder, Cancellation.NONE, Progress.silent()))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("the score of document [d0] for query [q0] of [one/dev] is NaN");
      assertThatThrownBy(
              () -> HeldOutQueries.of(List.of(), List.of(), tokenizer, NDCG, new LengthGroups(64)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("there are no validation queries");
    }
  }

  /** Everything relevant is among the candidates, so R@10 is 1 from the first time on. */
  @Test
  void patienceEndsWhatDoesNotImproveAndTheFirstBestIsKept() throws IOException {
    Choice choice = new Choice(lists(), List.of(), "R@10", 2);
    run("early", choice, StopRequest.NONE);
    List<JsonNode> log = log("early");
    assertThat(log.getLast().path("step").intValue()).isEqualTo(15);
    assertThat(validations(log))
        .extracting(each -> each.path("best_step").intValue())
        .containsExactly(5, 5, 5);

    AtomicInteger asked = new AtomicInteger();
    SequencedMap<String, FloatTensor> atFive =
        run("five", choice, () -> asked.incrementAndGet() > 5 + 1);
    SequencedMap<String, FloatTensor> best =
        SafetensorsFile.read(folder.resolve("early/checkpoints/best-00000005.safetensors"));
    atFive.forEach((name, tensor) ->
        assertThat(best.get(name).values()).as(name).containsExactly(tensor.values()));

    // What was counted before a stop counts after it.
    run("five", choice, StopRequest.NONE);
    assertThat(log("five").getLast().path("step").intValue()).isEqualTo(15);
  }

  @Test
  void theLogNamesEveryFolder() throws IOException {
    run("folders", new Choice(lists(), judgements(), "nDCG", null), StopRequest.NONE);
    assertThat(validations(log("folders")))
        .hasSize(4)
        .allSatisfy(each -> {
          JsonNode folders = each.path("folders");
          assertThat(folders.propertyNames()).containsExactly("one/dev", "two/dev");
          assertThat(each.path("measure").stringValue()).isEqualTo("nDCG");
          assertThat(each.path("value").doubleValue())
              .isCloseTo(
                  (folders.path("one/dev").doubleValue() + folders.path("two/dev").doubleValue())
                      / 2,
                  within(1e-12));
        });
    run("held-out", Choice.USUAL, StopRequest.NONE);
    assertThat(validations(log("held-out"))).noneMatch(each -> each.has("folders"));
  }

  private SequencedMap<String, FloatTensor> run(String name, Choice choice, StopRequest stop)
      throws IOException {
    return TinyTraining.run(folder.resolve(name), 20, choice, stop, Progress.silent());
  }

  private List<JsonNode> log(String name) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(name + "/log.jsonl"))) {
      return lines.map(line -> JsonMapper.shared().readTree(line)).toList();
    }
  }

  private static List<JsonNode> validations(List<JsonNode> log) {
    return log.stream().filter(each -> each.has("measure")).toList();
  }

  /** Two queries of one folder and three of another, with the same ids. */
  private static List<TrainingList> lists() {
    List<TrainingList> lists = new ArrayList<>();
    for (TrainingList list : TinyTraining.lists(5)) {
      lists.add(
          new TrainingList(
              lists.size() < 2 ? "one/dev" : "two/dev",
              "q" + lists.size() % 3,
              list.query(),
              list.candidates(),
              list.grades(),
              null));
    }
    return lists;
  }

  /** More is relevant than was found, and of one query nothing was found. */
  private static List<Judgements> judgements() {
    List<Judgements> judgements = new ArrayList<>();
    for (TrainingList list : lists()) {
      judgements.add(
          new Judgements(
              list.source(), list.topicId(), Map.of("d0", 1, "d2", 2, "d3", 0, "missed", 3)));
    }
    judgements.add(new Judgements("two/dev", "nothing found", Map.of("d1", 1)));
    return judgements;
  }

  private static Run reranked(
      List<TrainingList> lists, String source, PairTokenizer tokenizer, Encoder encoder) {
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    for (TrainingList list : lists) {
      if (list.source().equals(source)) {
        List<ScoredDocument> hits = new ArrayList<>();
        for (Candidate each : list.candidates()) {
          List<TokenPair> pair =
              tokenizer.pairs(tokenizer.query(list.query()), List.of(each.passage()));
          hits.add(new ScoredDocument(each.documentId(), score(encoder, pair)));
        }
        rankings.put(list.topicId(), hits);
      }
    }
    return new Run("reranked", rankings);
  }

  private static double score(Encoder encoder, List<TokenPair> pair) {
    encoder.evaluation();
    try (PointerScope scope = new PointerScope()) {
      return encoder.logits(TokenBatch.of(pair)).item_double();
    }
  }

  private static Qrels qrels(List<Judgements> judgements, String source) {
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    judgements.stream()
        .filter(each -> each.source().equals(source))
        .forEach(each -> grades.put(each.topicId(), each.grades()));
    return Qrels.of(grades);
  }
}
