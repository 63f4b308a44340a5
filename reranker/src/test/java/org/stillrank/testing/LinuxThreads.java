/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What Linux shows of threads in {@code /proc}. */
public final class LinuxThreads {
  private LinuxThreads() {}

  /**
   * Nice values of a process' threads whose names begin so; one that ends meanwhile is left out.
   */
  public static List<Integer> niceness(ProcessHandle process, String name) throws IOException {
    List<Integer> found = new ArrayList<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      // The youngest first, for they end first.
      for (Path thread : threads.toList().reversed()) {
        String stat = stat(thread);
        if (stat.contains("(" + name)) {
          found.add(niceness(stat));
        }
      }
    }
    return found;
  }

  /**
   * A field of proc(5)'s status of a process' threads whose names begin so, which Linux cuts at 15
   * characters; one that ends meanwhile is left out.
   */
  public static List<String> status(ProcessHandle process, String name, String field)
      throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path thread : threads.toList()) {
        String status = read(thread.resolve("status"));
        if (status.startsWith("Name:\t" + name)) {
          status
              .lines()
              .filter(line -> line.startsWith(field + ":"))
              .forEach(line -> found.add(line.substring(field.length() + 1).strip()));
        }
      }
    }
    return found;
  }

  /** The calling thread's. */
  public static int ownNiceness() {
    return niceness(stat(Path.of("/proc/thread-self")));
  }

  private static String stat(Path thread) {
    return read(thread.resolve("stat"));
  }

  /** Empty when the thread has ended. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException ended) {
      return "";
    }
  }

  /** The 19th field of proc(5)'s stat; the second is a name in brackets, which may have spaces. */
  private static int niceness(String stat) {
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }
}
