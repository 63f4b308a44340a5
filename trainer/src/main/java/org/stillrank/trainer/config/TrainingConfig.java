/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Device;

/**
 * One training from data to bundle. Keys of the YAML file are the component names in snake case;
 * every key is required unless its component may be null, and no other key is allowed.
 *
 * @param name id of the bundle that comes out
 * @param start the encoder's weights before training
 * @param startLayers which of the start's layers are kept, by index from 0; null keeps all
 * @param maxLength tokens of a pair in training and in the bundle, special tokens counted
 * @param maxQueryLength tokens a query keeps, special tokens not counted
 * @param sources where queries and relevant passages come from
 * @param candidates how the other passages of a list are found
 * @param teacher who scores the candidates; null where the objectives need only labels
 * @param neverNear test queries that no training query may equal or resemble
 * @param objectives what is made small, as a weighted sum
 * @param optimisation steps, rates and seed
 * @param validation the queries that choose the checkpoint
 * @param checkpointEvery optimiser steps between checkpoints
 * @param threads threads of libtorch and of teachers
 * @param device where libtorch computes the training; the processor when it is not given
 * @param output folder of logs and checkpoints, relative to where the command runs
 * @param export which weights the bundle holds
 */
public record TrainingConfig(
    String name,
    Weights start,
    @Nullable List<Integer> startLayers,
    int maxLength,
    int maxQueryLength,
    List<Source> sources,
    Candidates candidates,
    @Nullable TeacherConfig teacher,
    List<NeverNear> neverNear,
    List<ObjectiveTerm> objectives,
    Optimisation optimisation,
    Validation validation,
    int checkpointEvery,
    int threads,
    @Nullable Device device,
    String output,
    ExportWeights export) {

  /** The retriever that needs no model. */
  public static final String BM25 = "bm25";

  /** What a retriever begins with that is a TREC run file, such as one of {@code bench run}. */
  public static final String RUN = "run:";

  public TrainingConfig {
    startLayers = startLayers == null ? null : List.copyOf(startLayers);
    sources = List.copyOf(sources);
    neverNear = List.copyOf(neverNear);
    objectives = List.copyOf(objectives);
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
      throw new InvalidInputException(
          "[name] is ["
              + name
              + "]; use lower-case letters, digits, dot, dash and underscore, at most 64");
    }
    Bound.atLeast("max_query_length", maxQueryLength, 1);
    // Two tokens of the pair are left to the passage, three are special.
    Bound.atLeast("max_length", maxLength, maxQueryLength + 5);
    Bound.atLeast("checkpoint_every", checkpointEvery, 1);
    Bound.atLeast("threads", threads, 1);
    Bound.notEmpty("sources", sources);
    Bound.notEmpty("objectives", objectives);
    Combinations.checkRetrievers(sources, teacher);
    Combinations.checkExcerpts(sources, teacher);
    Combinations.checkTeaching(objectives, teacher);
    switch (validation) {
      case Validation.HeldOut heldOut -> Combinations.checkHeldOut(sources, heldOut);
      case Validation.Folders folders ->
          Combinations.checkFolders(sources, neverNear, folders.folders());
    }
  }

  /** Where the training computes. */
  public Device trainsOn() {
    return Objects.requireNonNullElse(device, Device.CPU);
  }

  /** The judged source that queries are held out of. */
  public Source sourceOf(Validation.HeldOut heldOut) {
    return sources.stream()
        .filter(each -> each.isJudgedBy(heldOut.collection(), heldOut.split()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("checked when the config was made"));
  }

  /**
   * Reads a config.
   *
   * @throws InvalidInputException naming the file and the field when the file is missing, is no
   *     YAML, or holds an unknown, missing or wrong value
   */
  public static TrainingConfig read(Path file) {
    return read(file, List.of());
  }

  /**
   * Reads a config with other values for some of its keys.
   *
   * @param changes such as {@code optimisation.steps=400}, the value in YAML
   * @throws InvalidInputException as {@link #read(Path)}
   */
  public static TrainingConfig read(Path file, List<String> changes) {
    return new ConfigFile(file).read(TrainingConfig.class, changes);
  }
}
