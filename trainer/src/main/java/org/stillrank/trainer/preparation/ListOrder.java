/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.stillrank.trainer.config.Source;
import org.stillrank.trainer.example.TrainingList;

/**
 * The order of training: each source's lists are spread at random over its own stretch, so that a
 * config can end with what matters most.
 */
final class ListOrder {
  private record Placed(double at, TrainingList list) {}

  private final List<Placed> placed = new ArrayList<>();
  private final SplittableRandom random;

  ListOrder(long seed) {
    this.random = new SplittableRandom(seed);
  }

  void add(Source source, List<TrainingList> lists) {
    for (TrainingList list : lists) {
      placed.add(new Placed(random.nextDouble(source.begins(), source.ends()), list));
    }
  }

  List<TrainingList> ordered() {
    return placed.stream()
        .sorted(Comparator.comparingDouble(Placed::at))
        .map(Placed::list)
        .toList();
  }
}
