/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.source.TrainingQuery;

class HeldOutTest {

  @Test
  void queriesThatShareADocumentStayTogether() {
    // Chains: 1-2 share a, 2-3 share b, so 3 goes where 1 goes although they share nothing.
    List<TrainingQuery> queries =
        List.of(
            query("1", "a"),
            query("4", "c"),
            query("3", "b"),
            query("2", "a", "b"),
            query("5", "d"));
    for (long seed = 0; seed < 30; seed++) {
      HeldOut heldOut = HeldOut.choose(queries, 1, seed);
      Set<String> ids = new HashSet<>(heldOut.queries().stream().map(TrainingQuery::id).toList());
      assertThat(ids).isIn(Set.of("1", "2", "3"), Set.of("4"), Set.of("5"));
    }
  }

  @Test
  void noRelevantDocumentIsOnBothSides() {
    Random random = new Random(9);
    List<TrainingQuery> queries = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      queries.add(query("q" + i, "d" + random.nextInt(400), "d" + random.nextInt(400)));
    }

    HeldOut heldOut = HeldOut.choose(queries, 20, 4);

    Set<String> held = documents(heldOut.queries());
    List<TrainingQuery> rest = queries.stream().filter(each -> !heldOut.contains(each)).toList();
    assertThat(heldOut.queries()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(rest.size() + heldOut.queries().size()).isEqualTo(300);
    assertThat(documents(rest)).doesNotContainAnyElementsOf(held);
    assertThat(HeldOut.choose(queries, 20, 4).queries()).isEqualTo(heldOut.queries());
  }

  private static Set<String> documents(List<TrainingQuery> queries) {
    Set<String> ids = new HashSet<>();
    queries.forEach(query -> query.relevant().forEach(each -> ids.add(each.documentId())));
    return ids;
  }

  private static TrainingQuery query(String id, String... documents) {
    List<Candidate> relevant = new ArrayList<>();
    for (String document : documents) {
      relevant.add(new Candidate(document, "text"));
    }
    return new TrainingQuery(id, "query " + id, relevant, Map.of());
  }
}
