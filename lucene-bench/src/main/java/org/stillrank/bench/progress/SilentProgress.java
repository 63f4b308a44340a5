/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.progress;

/** Says nothing. */
final class SilentProgress implements Progress {
  @Override
  public void step(long count) {}

  @Override
  public void note(String words) {}

  @Override
  public void close() {}
}
