/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measurement of the validation queries.
 *
 * @param step steps done before it
 * @param measure such as {@code nDCG@10}
 * @param value mean over the queries, or over the folders' means
 * @param bestStep the step of the best value so far
 * @param seconds it took
 * @param folders the mean of each validation folder; empty and left out where there is only one
 *     source
 */
public record ValidationRecord(
    int step,
    String measure,
    double value,
    int bestStep,
    double seconds,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> folders) {
  public ValidationRecord {
    folders = Collections.unmodifiableMap(new LinkedHashMap<>(folders));
  }
}
