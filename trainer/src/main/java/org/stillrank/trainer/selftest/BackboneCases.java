/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.weights.FloatTensor;
import org.stillrank.trainer.weights.StartWeights;
import org.stillrank.trainer.weights.WeightFiles;

/**
 * Reads cross-encoders with their expected logits: folders of {@code config.json}, weights that
 * {@link WeightFiles} finds, and {@code expected.json} with {@code input_ids} and, where the model
 * has them, {@code token_type_ids}, a row for each pair, and for each pair a number in {@code
 * logits_one_by_one} and in {@code logits_padded_batch}.
 */
public final class BackboneCases {
  private static final String IDS = "input_ids";
  private static final String TYPES = "token_type_ids";

  private BackboneCases() {}

  /**
   * The folders of a fixture's backbones, by name.
   *
   * @throws InvalidInputException when there is none
   */
  public static List<Path> folders(Path backbones) throws IOException {
    if (!Files.isDirectory(backbones)) {
      throw new InvalidInputException(
          "[" + backbones + "] is no folder; name a folder with [objectives.json] and [backbones]");
    }
    try (Stream<Path> files = Files.list(backbones)) {
      List<Path> folders = files.filter(Files::isDirectory).sorted().toList();
      if (folders.isEmpty()) {
        throw new InvalidInputException(
            "["
                + backbones
                + "] has no folders; put one of config.json, model.safetensors and expected.json"
                + " there for each backbone");
      }
      return folders;
    }
  }

  /**
   * Reads one backbone.
   *
   * @throws InvalidInputException naming the file and the field that cannot be used
   */
  public static BackboneCase read(Path folder) {
    FixtureFields expected = FixtureFields.of(folder.resolve("expected.json"));
    StartWeights weights = StartWeights.ofFolder(folder, 0);
    requireWhole(WeightFiles.in(folder).file(), weights);
    List<TokenPair> pairs = pairs(expected, weights.architecture());
    return new BackboneCase(
        Objects.requireNonNullElse(folder.getFileName(), folder).toString(),
        weights,
        pairs,
        expected.numbers("logits_one_by_one", pairs.size()),
        expected.numbers("logits_padded_batch", pairs.size()));
  }

  private static void requireWhole(Path file, StartWeights weights) {
    if (!weights.fresh().isEmpty()) {
      throw new InvalidInputException(
          "[" + file + "] lacks " + weights.fresh() + "; a fixture has a head of its own");
    }
    for (Map.Entry<String, FloatTensor> tensor : weights.tensors().entrySet()) {
      for (float value : tensor.getValue().values()) {
        if (!Float.isFinite(value)) {
          throw new InvalidInputException(
              "[" + file + "] has [" + value + "] in [" + tensor.getKey() + "]; fetch it again");
        }
      }
    }
  }

  private static List<TokenPair> pairs(FixtureFields expected, Architecture architecture) {
    int vocabulary = architecture.sizes().vocabulary();
    List<List<Double>> ids = expected.rows(IDS);
    List<List<Double>> types = expected.has(TYPES) ? expected.rowsLike(IDS, TYPES) : null;
    List<TokenPair> pairs = new ArrayList<>();
    for (int pair = 0; pair < ids.size(); pair++) {
      int length = ids.get(pair).size();
      if (length > architecture.longestPair()) {
        throw expected.wrong(
            "[" + IDS + "] has a row of [" + length + "] ids for " + architecture.longestPair());
      }
      List<Double> ofPair = types == null ? Collections.nCopies(length, 0.0) : types.get(pair);
      pairs.add(
          new TokenPair(
              below(vocabulary, expected, IDS, ids.get(pair)), below(2, expected, TYPES, ofPair)));
    }
    return pairs;
  }

  /** Whole numbers from 0 up to a bound. */
  private static int[] below(int bound, FixtureFields expected, String field, List<Double> row) {
    for (double each : row) {
      if (each != Math.rint(each) || each < 0 || each >= bound) {
        throw expected.wrong(
            "[" + field + "] has [" + each + "], not a whole number from 0 to " + (bound - 1));
      }
    }
    return row.stream().mapToInt(Double::intValue).toArray();
  }
}
