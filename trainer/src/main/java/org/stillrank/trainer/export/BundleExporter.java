/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.BundleManifest.MeasuredResult;
import org.stillrank.reranker.bundle.BundleWriter;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.Quantisation;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.weights.FloatTensor;
import org.stillrank.trainer.weights.StartWeights;

/**
 * Writes a trained encoder as a bundle, without what no pair of the bundle reads. Every model file
 * is first run in the runtime on given pairs and must answer what libtorch computes from the
 * weights that the file keeps: within 1e-4, or nearly where activations are rounded too.
 */
public final class BundleExporter {
  private BundleExporter() {}

  /**
   * Writes the model files that the draft's {@code quantisation} names, with tokenizer and
   * manifest, which also tells how far each file's logits are from those of the encoder, whatever
   * its weights lose.
   *
   * @param target the bundle's folder, replaced only when all is checked
   * @param calibration tokenised pairs of the training side, which weights are rounded for
   * @param probes tokenised pairs to check with, real ones if possible
   * @throws ExportMismatchException when a file does not answer as the trainer does
   * @throws IOException when something cannot be written; nothing half-written is left
   */
  public static ModelBundle export(
      Path target,
      Encoder encoder,
      BundleManifest draft,
      Path tokenizerJson,
      List<TokenPair> calibration,
      List<TokenPair> probes)
      throws IOException {
    LeanNetwork network =
        LeanNetwork.of(
            encoder.architecture(),
            FloatTensor.of(encoder.parameters()),
            tokenizerJson,
            draft.maxLength());
    List<TokenPair> leanProbes = network.pairs(probes);
    Path workshop = Files.createTempDirectory("stillrank-export");
    try {
      Map<String, Path> files = new LinkedHashMap<>();
      Path tokenizer = workshop.resolve(BundleManifest.TOKENIZER_NAME);
      AtomicOutput.text(tokenizer, network.tokenizerJson());
      files.put(BundleManifest.TOKENIZER_NAME, tokenizer);
      List<MeasuredResult> results = new ArrayList<>(draft.results());
      float[] trained = SelfCheck.logits(encoder, probes);
      for (Map.Entry<String, Quantisation> model : draft.quantisation().entrySet()) {
        Path file = workshop.resolve(model.getKey());
        WeightFormat format = format(model.getValue(), encoder, calibration);
        float[] answers = write(file, network, format, leanProbes);
        results.add(LogitDifference.of(answers, trained).result(file));
        files.put(model.getKey(), file);
      }
      return BundleWriter.write(target, draft.withResults(results), files);
    } finally {
      AtomicOutput.delete(workshop);
    }
  }

  /** What the written file answers. */
  private static float[] write(
      Path file, LeanNetwork network, WeightFormat format, List<TokenPair> probes)
      throws IOException {
    Architecture architecture = network.architecture();
    SequencedMap<String, FloatTensor> weights = network.weights();
    AtomicOutput.file(
        file, out -> CrossEncoderGraph.of(architecture, weights, format).writeTo(out));
    StartWeights kept =
        new StartWeights(
            architecture, CrossEncoderGraph.kept(architecture, weights, format), List.of());
    try (Encoder reader = kept.encoder()) {
      return SelfCheck.compare(file, reader, probes, format.agreement());
    }
  }

  private static WeightFormat format(
      Quantisation quantisation, Encoder encoder, List<TokenPair> calibration) {
    return switch (quantisation) {
      case NONE -> new Fp32Weights();
      case FP16 -> new Fp16Weights();
      case INT8_WEIGHTS -> new Int8Weights(Calibration.of(encoder, calibration));
      case INT8_PER_ROW -> new Int8PerRow(Calibration.of(encoder, calibration));
      default ->
          throw new IllegalArgumentException(quantisation + " is not among the formats written");
    };
  }
}
