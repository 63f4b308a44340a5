/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface that nobody listens on. */
final class FreePorts {
  private FreePorts() {}

  /** Different ones, held open together while they are looked for. */
  static int[] take(int count) throws IOException {
    int[] ports = new int[count];
    ServerSocket[] held = new ServerSocket[count];
    try {
      for (int i = 0; i < count; i++) {
        held[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ports[i] = held[i].getLocalPort();
      }
    } finally {
      for (ServerSocket each : held) {
        if (each != null) {
          each.close();
        }
      }
    }
    return ports;
  }
}
