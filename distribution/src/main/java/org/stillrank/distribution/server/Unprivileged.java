/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Elasticsearch refuses to run as root, which containers and CI machines often are. */
final class Unprivileged {
  private static final List<String> NAMESPACE =
      List.of("unshare", "--user", "--map-user=1000", "--map-group=1000");
  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

  private Unprivileged() {}

  /**
   * What a command begins with so that it does not run as root: nothing for ordinary users, a user
   * namespace where there are any, otherwise the user nobody, to whom the folders are given.
   */
  static List<String> prefix(Path... folders) throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    if (works(NAMESPACE)) {
      return NAMESPACE;
    }
    for (Path folder : folders) {
      give(folder);
    }
    return NOBODY;
  }

  /** Whether starting a server gives its files to another user, so that they may not be shared. */
  static boolean changesOwners() throws IOException {
    return "root".equals(System.getProperty("user.name")) && !works(NAMESPACE);
  }

  private static boolean works(List<String> prefix) throws IOException {
    List<String> command = Stream.concat(prefix.stream(), Stream.of("true")).toList();
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking for user namespaces", e);
    } catch (IOException e) {
      return false;
    }
  }

  private static void give(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        Files.setAttribute(each, "unix:uid", 65534);
        Files.setAttribute(each, "unix:gid", 65534);
      }
    }
  }
}
