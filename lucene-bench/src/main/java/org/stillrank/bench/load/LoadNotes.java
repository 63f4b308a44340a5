/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a report's figures do not tell, a line each. */
final class LoadNotes {
  private LoadNotes() {}

  static List<String> of(LoadReport report) {
    List<String> notes = new ArrayList<>();
    Latencies idle = report.idle().latencies();
    notes.add(
        String.format(
            Locale.ROOT,
            "Others: BM25 of another user at a low rate; p50 %s ms, p95 %s ms of %,d"
                + " searches while nobody else asks.",
            LoadCells.millis(idle, 50),
            LoadCells.millis(idle, LoadReport.OTHERS),
            idle.sorted().size()));
    others(notes, "while nobody else asks", report.idle().outcomes());
    for (LoadSeries series : report.series()) {
      for (LoadPoint point : series.points()) {
        String place = series.name() + ", " + point.clients() + " clients";
        point
            .searches()
            .outcomes()
            .firstTrouble()
            .ifPresent(why -> notes.add(place + ", the first that failed: " + why));
        others(notes, "beside " + place, point.others().outcomes());
      }
    }
    return notes;
  }

  private static void others(List<String> notes, String when, Outcomes outcomes) {
    long unanswered = outcomes.refused() + outcomes.failed() + outcomes.lost();
    if (unanswered > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Others %s: %,d searches were not answered in full; the first: %s",
              when,
              unanswered,
              outcomes.firstTrouble().orElse("429")));
    }
  }
}
