/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

/**
 * DeBERTa's rows for relative positions: one for each near distance, logarithmically fewer for far
 * ones (transformers' {@code make_log_bucket_position}).
 *
 * @param buckets rows for each direction
 * @param farthest distance beyond which all share the last row
 */
public record RelativeBuckets(int buckets, int farthest) {

  /**
   * The row for a query's position minus a key's.
   *
   * @return from 0 to 2 * buckets - 1
   */
  public int row(int distance) {
    return Math.clamp(buckets + (long) bucket(distance), 0, 2 * buckets - 1);
  }

  private int bucket(int distance) {
    int near = buckets / 2;
    int size = Math.abs(distance);
    if (size <= near) {
      return distance;
    }
    // In float32, as the reference does it: a distance on the edge must fall on the same side.
    float ratio = (float) Math.log((float) size / near) / (float) Math.log((farthest - 1.0) / near);
    return Integer.signum(distance) * ((int) Math.ceil(ratio * (near - 1)) + near);
  }
}
