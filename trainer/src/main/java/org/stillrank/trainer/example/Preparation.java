/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a prepared set was made from.
 *
 * @param fingerprint SHA-256 of everything in the config that the set depends on and of the data
 * @param sources one report for each source
 * @param teacher the ensemble in words; empty without one
 * @param validationQueries queries that choose the checkpoint, as far as they have candidates
 * @param folders one report for each validation folder; empty where queries are held out of a
 *     source
 */
public record Preparation(
    String fingerprint,
    List<SourceReport> sources,
    String teacher,
    int validationQueries,
    List<FolderReport> folders) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * @param source the source's label
   * @param licence of its texts
   * @param queries found in the source
   * @param equalToTest dropped because their normalised text is a test query's
   * @param nearTest dropped because they resemble a test query
   * @param heldOut kept for validation
   * @param nearHeldOut dropped because they equal or resemble a held-out query
   * @param used drawn from what was left
   * @param withoutLists of these, those with too few negatives for a list
   * @param lists training lists made
   */
  public record SourceReport(
      String source,
      String licence,
      int queries,
      int equalToTest,
      int nearTest,
      int heldOut,
      int nearHeldOut,
      int used,
      int withoutLists,
      int lists) {}

  /**
   * @param folder label of the validation folder
   * @param queries of its split
   * @param nearTest left out because they equal or resemble a test query
   * @param used drawn from what was left
   * @param withoutCandidates of these, those that nothing was found for; their value is 0
   */
  public record FolderReport(
      String folder, int queries, int nearTest, int used, int withoutCandidates) {}

  public Preparation {
    sources = List.copyOf(sources);
    // A set that was prepared before there were folders does not mention them.
    folders = folders == null ? List.of() : List.copyOf(folders);
  }

  /** With queries held out of a source, if any. */
  public Preparation(
      String fingerprint, List<SourceReport> sources, String teacher, int validationQueries) {
    this(fingerprint, sources, teacher, validationQueries, List.of());
  }

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(this) + "\n");
  }

  /** Reads {@code prepared.json}; a missing or damaged one is refused. */
  static Preparation read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "["
              + file
              + "] is missing, so its folder is no prepared training set; run `stillrank train"
              + " prepare`");
    }
    try {
      return JSON.readValue(Files.readString(file), Preparation.class);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + file + "] is damaged; delete its folder and run `stillrank train prepare` again",
          e);
    }
  }
}
