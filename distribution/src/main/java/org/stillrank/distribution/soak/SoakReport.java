/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.stillrank.bench.load.Outcomes;

/**
 * What a long load did to a server.
 *
 * @param parts tenths of the time
 * @param left searches whose clients hung up
 * @param reloaded SHA-256 of the file that each reload of the model opened
 * @param cachedTexts texts whose score the server had kept
 * @param scoredTexts texts that the model scored
 * @param open native resources by kind that were not there before the load, after the model was
 *     unloaded
 */
public record SoakReport(
    List<SoakPart> parts,
    long left,
    List<String> reloaded,
    long cachedTexts,
    long scoredTexts,
    SortedMap<String, Integer> open) {
  /** Parts of the time. */
  static final int PARTS = 10;

  /** Parts in which a server may still grow: caches fill, code is compiled. */
  static final int SETTLING = 3;

  private static final double MOST_GROWTH = 0.05;

  public SoakReport {
    parts = List.copyOf(parts);
    reloaded = List.copyOf(reloaded);
  }

  /** Largest resident memory over the smallest, of the parts after the settling, less 1. */
  public double growth() {
    double[] settled =
        parts.stream().skip(SETTLING).mapToDouble(SoakPart::residentBytes).sorted().toArray();
    return settled.length == 0 ? 0 : settled[settled.length - 1] / settled[0] - 1;
  }

  /** What should not be, a line each; none when the server stood it. */
  public List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    if (growth() > MOST_GROWTH) {
      complaints.add(
          String.format(
              Locale.ROOT,
              "resident memory differs by %.1f %% after the settling, more than %.0f %%",
              100 * growth(),
              100 * MOST_GROWTH));
    }
    for (SoakPart part : parts) {
      Outcomes searches = part.searches();
      searches.firstTrouble().ifPresent(why -> complaints.add("a search was not answered: " + why));
    }
    for (Map.Entry<String, Integer> each : open.entrySet()) {
      complaints.add("[" + each.getValue() + "] of kind [" + each.getKey() + "] are still open");
    }
    return complaints;
  }
}
