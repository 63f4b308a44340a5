/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.reranker.scoring.ScoringRequest;
import org.stillrank.reranker.scoring.TokenLimit;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;

/** The logits of a cross-encoder, each pair scored once and kept in its cache part by part. */
public final class CrossEncoderTeacher implements Teacher {
  // Some minutes: what a killed run loses.
  private static final int LISTS_OF_A_PART = 256;

  private final ModelBundle bundle;
  private final Passages passages;
  private final ModelCache cache;
  private final Progress.Display display;

  private CrossEncoderTeacher(
      ModelBundle bundle, Passages passages, ModelCache cache, Progress.Display display) {
    this.bundle = bundle;
    this.passages = passages;
    this.cache = cache;
    this.display = display;
  }

  /**
   * Opens a bundle or a Hugging Face folder.
   *
   * @param passages how it reads a text
   * @param cacheHome folder of all caches; null keeps logits while the object lives
   * @throws InvalidInputException when it is no cross-encoder, or reads documents joined otherwise
   *     than those of training lists are
   */
  public static CrossEncoderTeacher open(
      Path model, Passages passages, @Nullable Path cacheHome, Progress.Display display)
      throws IOException {
    ModelBundle bundle = ModelBundle.open(model);
    if (!bundle.separator().equals(BundleManifest.DEFAULT_SEPARATOR)) {
      throw new InvalidInputException(
          "the cross-encoder ["
              + model
              + "] reads a document's fields joined by ["
              + bundle.separator()
              + "], and in training lists they are joined by one space; give one whose bundle.json"
              + " has a [separator] of one space");
    }
    ModelCache cache =
        cacheHome == null
            ? ModelCache.inMemory()
            : ModelCache.in(cacheHome, identity(bundle, passages));
    return new CrossEncoderTeacher(bundle, passages, cache, display);
  }

  private static String identity(ModelBundle bundle, Passages passages) throws IOException {
    String model =
        String.join(
            " ",
            bundle.onnxSha256(),
            FileHash.sha256(bundle.tokenizerFile()),
            bundle.limits().toString());
    return passages.equals(Passages.beginning())
        ? model
        : model + " " + PassageOptions.spelled(passages);
  }

  @Override
  public String description() {
    return bundle.id();
  }

  @Override
  public List<List<@Nullable Double>> scores(List<TrainingList> lists) throws IOException {
    scoreMissing(lists);
    List<List<@Nullable Double>> scores = new ArrayList<>();
    for (TrainingList list : lists) {
      List<@Nullable Double> row = new ArrayList<>();
      for (Candidate candidate : list.candidates()) {
        row.add((double) cache.get(key(list, candidate))[0]);
      }
      scores.add(row);
    }
    return scores;
  }

  private void scoreMissing(List<TrainingList> lists) throws IOException {
    List<TrainingList> missing = lists.stream().filter(list -> !missing(list).isEmpty()).toList();
    if (missing.isEmpty()) {
      return;
    }
    try (CrossEncoder model = CrossEncoder.open(bundle, ScoringOptions.defaults());
        Progress progress = display.start("score with " + bundle.id(), missing.size())) {
      for (int start = 0; start < missing.size(); start += LISTS_OF_A_PART) {
        int end = Math.min(start + LISTS_OF_A_PART, missing.size());
        Map<String, float[]> part = new LinkedHashMap<>();
        for (TrainingList list : missing.subList(start, end)) {
          score(list, model, part);
          progress.step(1);
        }
        cache.add(part);
      }
    }
  }

  private void score(TrainingList list, CrossEncoder model, Map<String, float[]> part) {
    List<Candidate> candidates = missing(list);
    float[] logits =
        model
            .measured(
                ScoringRequest.of(
                    list.query(),
                    candidates.stream().map(Candidate::passage).toList(),
                    passages,
                    TokenLimit.none()),
                Cancellation.NONE)
            .logits();
    for (int i = 0; i < logits.length; i++) {
      part.put(key(list, candidates.get(i)), new float[] {logits[i]});
    }
  }

  private List<Candidate> missing(TrainingList list) {
    return list.candidates().stream().filter(each -> !cache.has(key(list, each))).toList();
  }

  private static String key(TrainingList list, Candidate candidate) {
    return list.query() + '\u0000' + candidate.passage();
  }
}
