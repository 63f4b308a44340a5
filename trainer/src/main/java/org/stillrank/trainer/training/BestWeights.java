/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;
import org.stillrank.reranker.bundle.BundleWriter;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.checkpoint.Checkpoints;
import org.stillrank.trainer.checkpoint.TrainingState;
import org.stillrank.trainer.config.ExportWeights;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.example.TrainingSet;
import org.stillrank.trainer.export.HuggingFaceFolder;
import org.stillrank.trainer.weights.ModelFiles;
import org.stillrank.trainer.weights.StartWeights;

/** The weights of a training's best validation so far, whether it has ended or not. */
public final class BestWeights {
  /** So many real pairs an exported file must answer as libtorch does with its weights. */
  private static final int PROBES = 1000;

  private static final int PROBES_OF_A_QUERY = 10;

  /** So many real pairs show what goes into a layer. */
  private static final int CALIBRATION = 256;

  private static final int CALIBRATION_OF_A_QUERY = 2;

  private final TrainingConfig config;
  private final TrainingSet set;
  private final Checkpoints checkpoints;

  /** Of the training that the config and its prepared set describe, in its output folder. */
  public BestWeights(TrainingConfig config, TrainingSet set) throws IOException {
    this.config = config;
    this.set = set;
    this.checkpoints =
        new Checkpoints(
            Path.of(config.output()).resolve("checkpoints"), TrainingIdentity.of(config, set));
  }

  /**
   * Writes a bundle with a model file for each kind of weights, the first one its default.
   *
   * @param folder of the bundle; replaced when it is one already
   * @throws InvalidInputException when the training has not been validated yet
   */
  public ModelBundle export(Path folder, List<ExportWeights> kinds) throws IOException {
    BundleWriter.requireReplaceable(folder);
    TrainingState.Best best = best();
    Path tokenizer = ModelFiles.tokenizer(config.start());
    try (Encoder encoder = encoder(best);
        PairTokenizer pairs = PairTokenizer.open(tokenizer, limits())) {
      return new TrainedBundle(config, set.preparation(), best)
          .write(folder, encoder, kinds, tokenizer, calibration(pairs), probes(pairs));
    }
  }

  /**
   * Writes a Hugging Face folder, from which a second training can start.
   *
   * @param folder a new one
   * @throws InvalidInputException when the training has not been validated yet
   */
  public void exportHuggingFace(Path folder) throws IOException {
    TrainingState.Best best = best();
    try (Encoder encoder = encoder(best)) {
      HuggingFaceFolder.write(
          folder,
          encoder,
          ModelFiles.tokenizer(config.start()),
          TrainedProvenance.of(config, set.preparation(), best));
    }
  }

  private TrainingState.Best best() throws IOException {
    TrainingState.Best best = checkpoints.newest().orElse(TrainingState.start()).best();
    if (best == null) {
      throw new InvalidInputException(
          "the training in ["
              + config.output()
              + "] has no validated weights yet; let train run reach step ["
              + config.validation().every()
              + "]");
    }
    return best;
  }

  private Encoder encoder(TrainingState.Best best) throws IOException {
    torch.set_num_threads(config.threads());
    Encoder encoder = StartWeights.load(config).encoder();
    try {
      checkpoints.restoreBest(best, encoder.parameters());
      return encoder;
    } catch (RuntimeException failure) {
      encoder.close();
      throw failure;
    }
  }

  private PairLimits limits() {
    return new PairLimits(config.maxLength(), config.maxQueryLength());
  }

  /** From training lists all over the set. */
  private List<TokenPair> calibration(PairTokenizer tokenizer) {
    int lists = CALIBRATION / CALIBRATION_OF_A_QUERY;
    int stride = Math.max(1, set.training().size() / lists);
    return IntStream.iterate(0, at -> at < set.training().size(), at -> at + stride)
        .mapToObj(set.training()::get)
        .flatMap(list -> pairs(tokenizer, list, CALIBRATION_OF_A_QUERY).stream())
        .limit(CALIBRATION)
        .toList();
  }

  private List<TokenPair> probes(PairTokenizer tokenizer) {
    return set.validation().stream()
        .flatMap(list -> pairs(tokenizer, list, PROBES_OF_A_QUERY).stream())
        .limit(PROBES)
        .toList();
  }

  private static List<TokenPair> pairs(PairTokenizer tokenizer, TrainingList list, int count) {
    return tokenizer.pairs(
        tokenizer.query(list.query()),
        list.candidates().stream().limit(count).map(each -> each.passage()).toList());
  }
}
