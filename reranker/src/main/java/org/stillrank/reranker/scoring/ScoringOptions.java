/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

/**
 * How a cross-encoder scores.
 *
 * @param schedule how the machine is used
 * @param unstableModels what happens to models whose scores depend on the rest of the batch
 */
public record ScoringOptions(Schedule schedule, UnstableModels unstableModels) {

  /** What to do with a {@code batch_dependent} model. */
  public enum UnstableModels {
    /** One document at a time: slower, and the same score whatever else is scored. */
    ONE_AT_A_TIME,
    /** In batches like any other: faster, and scores move with their neighbours. */
    IN_BATCHES
  }

  /** The measured schedule, and scores that do not depend on their neighbours. */
  public static ScoringOptions defaults() {
    return new ScoringOptions(Schedule.forThisMachine(), UnstableModels.ONE_AT_A_TIME);
  }

  /** The same with another schedule. */
  public ScoringOptions withSchedule(Schedule newSchedule) {
    return new ScoringOptions(newSchedule, unstableModels);
  }

  /** The same with another treatment of batch-dependent models. */
  public ScoringOptions withUnstableModels(UnstableModels treatment) {
    return new ScoringOptions(schedule, treatment);
  }
}
