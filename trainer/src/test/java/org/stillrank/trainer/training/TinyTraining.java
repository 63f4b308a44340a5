/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.trainer.batching.Activations;
import org.stillrank.trainer.batching.LengthGroups;
import org.stillrank.trainer.checkpoint.Checkpoints;
import org.stillrank.trainer.checkpoint.Snapshot;
import org.stillrank.trainer.checkpoint.TrainingState;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.BertFamily;
import org.stillrank.trainer.encoder.BertLike;
import org.stillrank.trainer.encoder.Dropout;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.Parameter;
import org.stillrank.trainer.encoder.Sizes;
import org.stillrank.trainer.encoder.TransformerEncoder;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.Judgements;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.log.TrainingLog;
import org.stillrank.trainer.objective.InfoNce;
import org.stillrank.trainer.objective.WeightedObjectives;
import org.stillrank.trainer.optimisation.AdamW;
import org.stillrank.trainer.optimisation.LinearSchedule;
import org.stillrank.trainer.validation.HeldOutQueries;
import org.stillrank.trainer.weights.FloatTensor;
import tools.jackson.databind.json.JsonMapper;

/** A whole training of a one-layer encoder with dropout; a process of its own when killed. */
final class TinyTraining {
  private static final String[] VOCABULARY = {
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "red", "blue", "green", "sky", "sea", "grass", "sun"
  };

  /**
   * What chooses the checkpoint.
   *
   * @param judgements empty where those of the candidates count
   */
  record Choice(
      List<TrainingList> lists,
      List<Judgements> judgements,
      String measure,
      @Nullable Integer patience) {
    static final Choice USUAL = new Choice(TinyTraining.lists(5), List.of(), "nDCG@10", null);
  }

  private TinyTraining() {}

  /** Arguments: folder and steps. Prints a line after each step. */
  public static void main(String[] arguments) throws IOException {
    run(
        Path.of(arguments[0]),
        Integer.parseInt(arguments[1]),
        Choice.USUAL,
        StopRequest.NONE,
        (task, total) ->
            task.equals("Training") ? new Lines() : Progress.silent().start(task, total));
  }

  /** The weights at the end. */
  static SequencedMap<String, FloatTensor> run(
      Path folder, int steps, Choice choice, StopRequest stop, Progress.Display display)
      throws IOException {
    torch.set_num_threads(1);
    Checkpoints checkpoints =
        new Checkpoints(
            folder.resolve("checkpoints"), JsonMapper.shared().readTree("{\"seed\": 7}"));
    TrainingState from = checkpoints.newest().orElse(TrainingState.start());
    try (PairTokenizer tokenizer = PairTokenizer.open(tokenizer(folder), new PairLimits(24, 8));
        Encoder encoder = encoder(0.1);
        AdamW adam = new AdamW(encoder.parameters(), AdamW.Settings.withWeightDecay(0.01));
        TrainingLog log = TrainingLog.continuedAfter(folder.resolve("log.jsonl"), from.step())) {
      Snapshot snapshot = new Snapshot(encoder.parameters(), adam.means(), adam.squares());
      if (from.step() > 0) {
        checkpoints.restore(from, snapshot);
        adam.continueFrom(from.step());
      }
      LengthGroups groups = new LengthGroups(64);
      OptimiserStep step =
          new OptimiserStep(
              new Examples(lists(37), tokenizer, 4, 3, 7),
              new StepLoss(
                  encoder, WeightedObjectives.only(new InfoNce(1)), groups, 2, Activations.KEPT),
              adam,
              new LinearSchedule(1e-3, 3, steps),
              1.0,
              7);
      HeldOutQueries heldOut =
          HeldOutQueries.of(
              choice.lists(),
              choice.judgements(),
              tokenizer,
              Measure.parse(choice.measure()),
              groups);
      new TrainingLoop(
              encoder,
              step,
              heldOut,
              checkpoints,
              snapshot,
              log,
              new TrainingLoop.Cadence(steps, 5, 3, choice.patience()))
          .run(from, stop, display);
      return FloatTensor.of(encoder.parameters());
    }
  }

  static Encoder encoder(double dropout) {
    Architecture architecture =
        new BertLike(
            BertFamily.BERT,
            new Sizes(VOCABULARY.length, 16, 1, 2, 32, 1e-12, 0.02),
            16,
            32,
            2,
            new Dropout(dropout, dropout));
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    Random random = new Random(3);
    for (Parameter parameter : architecture.parameters().values()) {
      tensors.put(parameter.name(), drawn(parameter.shape(), random).toNative());
    }
    return TransformerEncoder.over(architecture, tensors);
  }

  private static FloatTensor drawn(long[] shape, Random random) {
    float[] values = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian(0, 0.3);
    }
    return new FloatTensor(shape, values);
  }

  static List<TrainingList> lists(int count) {
    List<TrainingList> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Candidate> candidates = new ArrayList<>();
      for (int d = 0; d < 4; d++) {
        candidates.add(
            new Candidate("d" + d, VOCABULARY[4 + (i + d) % 7] + " sea sky".repeat(1 + d)));
      }
      lists.add(
          new TrainingList(
              "tiny",
              "q" + i,
              VOCABULARY[4 + i % 7] + " sun",
              candidates,
              List.of(1, 0, 0, 0),
              null));
    }
    return lists;
  }

  static Path tokenizer(Path folder) throws IOException {
    StringBuilder vocabulary = new StringBuilder();
    for (int i = 0; i < VOCABULARY.length; i++) {
      vocabulary
          .append(i == 0 ? "" : ",")
          .append('"')
          .append(VOCABULARY[i])
          .append("\":")
          .append(i);
    }
    String special =
        "{\"%1$s\":{\"id\":\"%1$s\",\"ids\":[%2$d],\"tokens\":[\"%1$s\"]},"
            + "\"%3$s\":{\"id\":\"%3$s\",\"ids\":[%4$d],\"tokens\":[\"%3$s\"]}}";
    String json =
        "{\"version\":\"1.0\",\"added_tokens\":[],\"normalizer\":null,"
            + "\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},"
            + "\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":["
            + "{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}},"
            + "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},"
            + "{\"SpecialToken\":{\"id\":\"[SEP]\",\"type_id\":0}}],\"pair\":["
            + "{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}},"
            + "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},"
            + "{\"SpecialToken\":{\"id\":\"[SEP]\",\"type_id\":0}},"
            + "{\"Sequence\":{\"id\":\"B\",\"type_id\":1}},"
            + "{\"SpecialToken\":{\"id\":\"[SEP]\",\"type_id\":1}}],\"special_tokens\":"
            + String.format(Locale.ROOT, special, "[CLS]", 2, "[SEP]", 3)
            + "},\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\","
            + "\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,\"vocab\":{"
            + vocabulary
            + "}}}";
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve("tokenizer.json"), json);
  }

  private static final class Lines implements Progress {
    @Override
    public void step(long count) {
      System.out.println("step");
      System.out.flush();
    }

    @Override
    public void note(String words) {}

    @Override
    public void close() {}
  }
}
