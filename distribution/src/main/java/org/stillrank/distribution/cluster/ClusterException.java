/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.io.IOException;

/** A cluster that refuses a request, or does not answer as it should. */
public final class ClusterException extends IOException {
  private final int status;

  ClusterException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status; 200 when the answer itself is what is wrong. */
  public int status() {
    return status;
  }
}
