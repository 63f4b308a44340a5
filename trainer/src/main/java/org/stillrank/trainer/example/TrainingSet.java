/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * A prepared folder: {@code training.jsonl} in the order of training, {@code validation.jsonl} with
 * the queries that choose the checkpoint, one list a line, {@code judgements.jsonl} where these
 * come from folders, and {@code prepared.json} with what they were made from.
 *
 * @param training lists with their relevant candidate first
 * @param validation queries that are not trained on, with all their first-stage candidates
 * @param judgements of every validation query of a folder, with candidates or without; empty where
 *     queries are held out of a source, of which nothing counts but their candidates
 * @param preparation what the folder was made from, for provenance
 */
public record TrainingSet(
    List<TrainingList> training,
    List<TrainingList> validation,
    List<Judgements> judgements,
    Preparation preparation) {
  private static final String TRAINING = "training.jsonl";
  private static final String VALIDATION = "validation.jsonl";
  private static final String JUDGEMENTS = "judgements.jsonl";
  private static final String PREPARATION = "prepared.json";

  public TrainingSet {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    judgements = List.copyOf(judgements);
  }

  /** With queries held out of a source, if any. */
  public TrainingSet(
      List<TrainingList> training, List<TrainingList> validation, Preparation preparation) {
    this(training, validation, List.of(), preparation);
  }

  /**
   * Whether a folder holds a prepared set; a folder that is missing or empty does not.
   *
   * @throws InvalidInputException when it holds something else, which must not be replaced
   */
  public static boolean isPrepared(Path folder) throws IOException {
    if (Files.exists(folder.resolve(PREPARATION))) {
      return true;
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        if (inside.findAny().isPresent()) {
          throw new InvalidInputException(
              "["
                  + folder
                  + "] holds files and is no prepared training set; name a new or empty folder");
        }
      }
    }
    return false;
  }

  /** Writes the folder whole or not at all; an older one is replaced. */
  public void write(Path folder) throws IOException {
    AtomicOutput.folder(
        folder,
        target -> {
          JsonLines.write(target.resolve(TRAINING), training);
          JsonLines.write(target.resolve(VALIDATION), validation);
          if (!judgements.isEmpty()) {
            JsonLines.write(target.resolve(JUDGEMENTS), judgements);
          }
          preparation.write(target.resolve(PREPARATION));
        });
  }

  /**
   * Reads a prepared folder.
   *
   * @throws InvalidInputException when a file is missing or a line is damaged
   */
  public static TrainingSet read(Path folder) throws IOException {
    Preparation preparation = Preparation.read(folder.resolve(PREPARATION));
    return new TrainingSet(
        lists(folder.resolve(TRAINING)),
        lists(folder.resolve(VALIDATION)),
        preparation.folders().isEmpty()
            ? List.of()
            : JsonLines.read(folder.resolve(JUDGEMENTS), Judgements.class, "judged query"),
        preparation);
  }

  private static List<TrainingList> lists(Path file) throws IOException {
    return JsonLines.read(file, TrainingList.class, "training list");
  }
}
