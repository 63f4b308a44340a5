/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux shows of threads in {@code /proc}. */
public final class LinuxThreads {
  private LinuxThreads() {}

  /**
   * Nice values of a process' threads whose names begin so; one that ends meanwhile is left out.
   */
  public static List<Integer> niceness(ProcessHandle process, String name) throws IOException {
    return all(process, "stat").stream()
        .filter(stat -> stat.contains("(" + name))
        .map(LinuxThreads::niceness)
        .toList();
  }

  /**
   * A field of proc(5)'s status of a process' threads whose names begin so, which Linux cuts at 15
   * characters; one that ends meanwhile is left out.
   */
  public static List<String> status(ProcessHandle process, String name, String field)
      throws IOException {
    return all(process, "status").stream()
        .filter(status -> status.startsWith("Name:\t" + name))
        .flatMap(String::lines)
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .toList();
  }

  /** A file of each thread. */
  private static List<String> all(ProcessHandle process, String file) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      // The youngest first, for they end first.
      return threads.toList().reversed().stream()
          .map(thread -> read(thread.resolve(file)))
          .toList();
    }
  }

  /** The calling thread's. */
  public static int ownNiceness() {
    return niceness(read(Path.of("/proc/thread-self/stat")));
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
