/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * An ensemble: the weighted sum of its members' scores.
 *
 * @param biEncoders members that score with cosines; they also retrieve candidates
 * @param crossEncoders members that score with logits; null for none
 * @param bm25Weight factor of the BM25 score; null leaves BM25 out of the ensemble
 * @param runFiles members whose scores were made elsewhere
 * @param cache folder of embeddings and logits, relative to where the command runs; null keeps none
 */
public record TeacherConfig(
    List<BiEncoderConfig> biEncoders,
    @Nullable List<CrossEncoderConfig> crossEncoders,
    @Nullable Double bm25Weight,
    List<RunFileConfig> runFiles,
    @Nullable String cache) {

  /**
   * @param collection the collection the run was made on, as a source names it
   * @param file a TREC run file, gzipped or not; a relative path starts at the data home
   * @param weight factor of its scores
   */
  public record RunFileConfig(String collection, String file, double weight) {
    public RunFileConfig {
      Bound.positive("weight", weight);
    }
  }

  /** The cross-encoders, perhaps none. */
  public List<CrossEncoderConfig> crossEncoderMembers() {
    return crossEncoders == null ? List.of() : crossEncoders;
  }

  public TeacherConfig {
    biEncoders = List.copyOf(biEncoders);
    crossEncoders = crossEncoders == null ? null : List.copyOf(crossEncoders);
    runFiles = List.copyOf(runFiles);
    if (bm25Weight != null) {
      Bound.positive("bm25_weight", bm25Weight);
    }
    boolean noCrossEncoder = crossEncoders == null || crossEncoders.isEmpty();
    if (noCrossEncoder && biEncoders.isEmpty() && runFiles.isEmpty() && bm25Weight == null) {
      throw new InvalidInputException(
          "no member; name [bi_encoders], [cross_encoders], [run_files] or [bm25_weight], or remove"
              + " the teacher");
    }
  }
}
