/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.decontamination;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Test queries that no training query may equal or come near: near is a Jaccard coefficient of
 * their sets of five-word sequences above one half. Queries under five words have no such sequences
 * and are compared as a whole only.
 */
public final class ProtectedQueries {
  private static final int GRAM = 5;
  private static final double NEAR = 0.5;

  /** How a text stands to the protected queries. */
  public enum Verdict {
    CLEAN,
    /** Equal to one after normalisation. */
    EQUAL,
    /** Near one. */
    NEAR
  }

  private final Set<NormalisedText> texts = new HashSet<>();
  private final Map<List<String>, List<Integer>> queriesByGram = new HashMap<>();
  private final List<Integer> gramCounts = new ArrayList<>();

  private ProtectedQueries() {}

  public static ProtectedQueries of(Collection<String> queries) {
    ProtectedQueries all = new ProtectedQueries();
    queries.forEach(all::add);
    return all;
  }

  private void add(String query) {
    NormalisedText text = NormalisedText.of(query);
    if (texts.add(text)) {
      Set<List<String>> grams = text.grams(GRAM);
      int number = gramCounts.size();
      gramCounts.add(grams.size());
      for (List<String> gram : grams) {
        queriesByGram.computeIfAbsent(gram, key -> new ArrayList<>()).add(number);
      }
    }
  }

  public Verdict check(String trainingQuery) {
    NormalisedText text = NormalisedText.of(trainingQuery);
    if (texts.contains(text)) {
      return Verdict.EQUAL;
    }
    Set<List<String>> grams = text.grams(GRAM);
    Map<Integer, Integer> shared = new HashMap<>();
    for (List<String> gram : grams) {
      for (int query : queriesByGram.getOrDefault(gram, List.of())) {
        shared.merge(query, 1, Integer::sum);
      }
    }
    boolean near =
        shared.entrySet().stream()
            .anyMatch(each -> {
              int union = grams.size() + gramCounts.get(each.getKey()) - each.getValue();
              return each.getValue() > NEAR * union;
            });
    return near ? Verdict.NEAR : Verdict.CLEAN;
  }
}
