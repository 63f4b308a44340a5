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
 * the held-out queries, one list a line, and {@code prepared.json} with what they were made from.
 *
 * @param training lists with their relevant candidate first
 * @param validation held-out queries with all their first-stage candidates
 * @param preparation what the folder was made from, for provenance
 */
public record TrainingSet(
    List<TrainingList> training, List<TrainingList> validation, Preparation preparation) {
  private static final String TRAINING = "training.jsonl";
  private static final String VALIDATION = "validation.jsonl";
  private static final String PREPARATION = "prepared.json";

  public TrainingSet {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
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
          ListLines.write(target.resolve(TRAINING), training);
          ListLines.write(target.resolve(VALIDATION), validation);
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
        ListLines.read(folder.resolve(TRAINING)),
        ListLines.read(folder.resolve(VALIDATION)),
        preparation);
  }
}
