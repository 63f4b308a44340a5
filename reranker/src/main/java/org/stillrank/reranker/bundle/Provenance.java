/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from.
 *
 * @param startWeights what training started from, with its licence
 * @param data every data source, with its licence
 * @param teacher what the targets came from; null when labels alone were used
 * @param seed the random seed of the training
 * @param steps optimizer steps, those of earlier trainings included
 * @param versions versions of the software that made it, by name
 */
public record Provenance(
    @JsonProperty("start_weights") Source startWeights,
    List<Source> data,
    @Nullable String teacher,
    long seed,
    long steps,
    Map<String, String> versions) {
  public Provenance {
    data = List.copyOf(data);
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /** This training after another one, from whose weights it started; equal sources stand once. */
  public Provenance after(Provenance earlier) {
    return new Provenance(
        earlier.startWeights,
        Stream.concat(earlier.data.stream(), data.stream()).distinct().toList(),
        teacher,
        seed,
        earlier.steps + steps,
        versions);
  }

  /**
   * Something a model was made from.
   *
   * @param name what it is
   * @param licence the licence it came under
   * @param origin where it was taken from: an address or a coordinate
   */
  public record Source(String name, String licence, String origin) {}
}
