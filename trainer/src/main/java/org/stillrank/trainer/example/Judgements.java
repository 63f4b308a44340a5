/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.example;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known about a validation query beyond its candidates.
 *
 * @param source the folder and split, such as {@code nfcorpus/dev}
 * @param topicId id of the query in its source
 * @param grades judged document → grade, whether it is a candidate or not
 */
public record Judgements(String source, String topicId, Map<String, Integer> grades) {
  public Judgements {
    grades = Collections.unmodifiableMap(new LinkedHashMap<>(grades));
  }
}
