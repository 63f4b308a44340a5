/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.measure.Measure;
import org.stillrank.reranker.input.InvalidInputException;

/** Queries whose fixed candidates are reranked now and then to choose the checkpoint. */
public sealed interface Validation {

  /** Optimiser steps between validations. */
  int every();

  /** Such as {@code nDCG@10}, or {@code nDCG} over whole rankings. */
  String measure();

  /** Validations without gain after which training ends; all steps when not given. */
  @Nullable Integer patience();

  private static void check(int every, String measure, @Nullable Integer patience) {
    Bound.atLeast("every", every, 1);
    if (patience != null) {
      Bound.atLeast("patience", patience, 1);
    }
    Measure.parse(measure);
  }

  /**
   * Queries held out of a judged source, with candidates of BM25; a relevant document that is no
   * candidate does not count.
   *
   * @param collection the collection of the judged source they are taken from
   * @param split its split
   * @param queries how many at least; queries that share a relevant document stay together
   * @param depth BM25 candidates of each query
   * @param seed of their choice, the training's when not given; trainings that build on one another
   *     share it, for what one has held out the next must not be trained on
   */
  record HeldOut(
      String collection,
      String split,
      int queries,
      int depth,
      @Nullable Long seed,
      int every,
      String measure,
      @Nullable Integer patience)
      implements Validation {
    public HeldOut {
      Bound.atLeast("queries", queries, 1);
      Bound.atLeast("depth", depth, 2);
      check(every, measure, patience);
    }

    /** Decides which queries are held out. */
    public long seedOfChoice(long trainings) {
      return Objects.requireNonNullElse(seed, trainings);
    }
  }

  /**
   * Queries of folders that no source trains on. All their judgements count, as in trec_eval, and
   * the value is the mean of the folders' means (so chooses Morand et al. 2026, with {@code nDCG}).
   */
  record Folders(List<Folder> folders, int every, String measure, @Nullable Integer patience)
      implements Validation {
    public Folders {
      folders = List.copyOf(folders);
      Bound.notEmpty("folders", folders);
      Set<String> labels = new HashSet<>();
      for (Folder folder : folders) {
        if (!labels.add(folder.label())) {
          throw new InvalidInputException(
              "[folders] has [" + folder.label() + "] twice; remove one, or rename its folder");
        }
      }
      check(every, measure, patience);
    }
  }

  /**
   * @param collection a BEIR folder below the data home, or a path
   * @param split the qrels file whose queries are reranked
   * @param run a TREC run file with the candidates, gzipped or not; a relative path starts at the
   *     data home. BM25 finds them when not given
   * @param queries how many are drawn, the same ones in every training; all when not given
   * @param depth first candidates of each query; 100 when not given
   */
  record Folder(
      String collection,
      String split,
      @Nullable String run,
      @Nullable Integer queries,
      @Nullable Integer depth) {
    private static final int USUAL_DEPTH = 100;

    public Folder {
      if (queries != null) {
        Bound.atLeast("queries", queries, 1);
      }
      if (depth != null) {
        Bound.atLeast("depth", depth, 2);
      }
    }

    /** A short name for reports, such as {@code nfcorpus/dev}. */
    public String label() {
      return Source.label(collection, split);
    }

    /** First candidates of each query. */
    public int candidates() {
      return Objects.requireNonNullElse(depth, USUAL_DEPTH);
    }
  }
}
