/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.stillrank.trainer.decontamination.ProtectedQueries;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.source.TrainingQuery;

/**
 * Queries kept away from training to choose the checkpoint with. Queries that share a relevant
 * document, such as a claim and its negation, go to the same side: otherwise validation would
 * reward what the student has seen.
 *
 * @param queries the held-out queries, in the order of their source; none where folders validate
 * @param near their texts, for other queries to be compared with
 */
record HeldOut(List<TrainingQuery> queries, ProtectedQueries near) {

  /** Takes random groups until there are {@code count} queries or more, or none is left. */
  static HeldOut choose(List<TrainingQuery> all, int count, long seed) {
    List<List<TrainingQuery>> groups = groups(all);
    Collections.shuffle(groups, new Random(seed));
    Set<String> chosen = new HashSet<>();
    for (List<TrainingQuery> group : groups) {
      if (chosen.size() < count) {
        group.forEach(query -> chosen.add(query.id()));
      }
    }
    List<TrainingQuery> queries = all.stream().filter(each -> chosen.contains(each.id())).toList();
    return new HeldOut(
        queries, ProtectedQueries.of(queries.stream().map(TrainingQuery::text).toList()));
  }

  boolean contains(TrainingQuery query) {
    return queries.contains(query);
  }

  private static List<List<TrainingQuery>> groups(List<TrainingQuery> all) {
    Map<String, List<TrainingQuery>> groupOfDocument = new HashMap<>();
    Set<List<TrainingQuery>> groups = Collections.newSetFromMap(new IdentityHashMap<>());
    for (TrainingQuery query : all) {
      List<TrainingQuery> group = new ArrayList<>(List.of(query));
      for (Candidate relevant : query.relevant()) {
        List<TrainingQuery> other = groupOfDocument.get(relevant.documentId());
        if (other != null && groups.remove(other)) {
          group.addAll(other);
        }
      }
      groups.add(group);
      for (TrainingQuery member : group) {
        member.relevant().forEach(each -> groupOfDocument.put(each.documentId(), group));
      }
    }
    return all.reversed().stream()
        .map(query -> groupOfDocument.get(query.relevant().getFirst().documentId()))
        .filter(groups::remove)
        .collect(Collectors.toCollection(ArrayList::new))
        .reversed();
  }
}
