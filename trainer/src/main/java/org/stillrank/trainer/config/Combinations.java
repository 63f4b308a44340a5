/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.objective.Requirement;

/** Refuses parts of a config that are right by themselves and do not fit together. */
final class Combinations {
  private Combinations() {}

  static void checkRetrievers(List<Source> sources, @Nullable TeacherConfig teacher) {
    List<String> known = new ArrayList<>(List.of(TrainingConfig.BM25));
    if (teacher != null) {
      teacher.biEncoders().forEach(each -> known.add(each.name()));
    }
    for (Source source : sources) {
      for (String retriever : source.retrievers()) {
        if (!known.contains(retriever) && !retriever.startsWith(TrainingConfig.RUN)) {
          throw new InvalidInputException(
              "[retrievers] of the source ["
                  + source.label()
                  + "] has ["
                  + retriever
                  + "]; known are "
                  + known
                  + ", and run:FILE for a TREC run file");
        }
      }
    }
  }

  /** A run file has scores of whole documents. */
  static void checkExcerpts(List<Source> sources, @Nullable TeacherConfig teacher) {
    for (Source source : sources) {
      if (source.excerpts() != null
          && source.kind() == Source.Kind.JUDGED
          && teacher != null
          && teacher.runFiles().stream()
              .anyMatch(each -> each.collection().equals(source.collection()))) {
        throw new InvalidInputException(
            "the source ["
                + source.label()
                + "] has [excerpts], and [teacher.run_files] have scores of its whole documents;"
                + " remove one of them");
      }
    }
  }

  /** Told here rather than when all lists are made. */
  static void checkTeaching(List<ObjectiveTerm> objectives, @Nullable TeacherConfig teacher) {
    for (ObjectiveTerm term : objectives) {
      if (teacher == null && term.objective().requirements().contains(Requirement.TEACHER_SCORES)) {
        throw new InvalidInputException(
            "[objectives] name ["
                + term.objective().name()
                + "], which learns from a teacher's scores, and there is no [teacher]; add one, or"
                + " name objectives that learn from labels, such as infonce");
      }
    }
  }

  static void checkHeldOut(List<Source> sources, Validation.HeldOut validation) {
    if (sources.stream()
        .noneMatch(each -> each.isJudgedBy(validation.collection(), validation.split()))) {
      throw new InvalidInputException(
          "[validation] names the collection ["
              + validation.collection()
              + "] with the split ["
              + validation.split()
              + "], which no judged source has; hold out queries of one of the sources, or name"
              + " other collections as [folders]");
    }
  }

  static void checkFolders(
      List<Source> sources, List<NeverNear> neverNear, List<Validation.Folder> folders) {
    for (Validation.Folder folder : folders) {
      if (sources.stream().anyMatch(each -> each.isJudgedBy(folder.collection(), folder.split()))) {
        throw new InvalidInputException(
            "[validation.folders] has ["
                + folder.label()
                + "], which is a source of training; name another split, or hold out some of its"
                + " queries with [validation.collection], [split], [queries] and [depth]");
      }
      if (neverNear.contains(new NeverNear(folder.collection(), folder.split()))) {
        throw new InvalidInputException(
            "[validation.folders] has ["
                + folder.label()
                + "], and so has [never_near]; test queries must not choose the checkpoint, so"
                + " remove it from one of them");
      }
    }
  }
}
