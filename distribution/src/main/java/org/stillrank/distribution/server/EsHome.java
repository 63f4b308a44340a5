/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * An Elasticsearch distribution that may be written to.
 *
 * @param folder with {@code bin}, {@code lib}, {@code plugins}
 * @param jdk it runs with; null when it brings its own
 */
public record EsHome(Path folder, @Nullable Path jdk) {

  /**
   * A copy of a distribution in a new folder, made of hard links where the file system has them: to
   * install a plugin writes into the distribution.
   */
  public static EsHome copyOf(Path distribution, Path target, @Nullable Path jdk)
      throws IOException {
    try (Stream<Path> files = Files.walk(distribution)) {
      for (Path each : (Iterable<Path>) files::iterator) {
        Path copy = target.resolve(distribution.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(copy);
        } else {
          link(each, copy);
        }
      }
    }
    return new EsHome(target, jdk);
  }

  private static void link(Path file, Path copy) throws IOException {
    try {
      Files.createLink(copy, file);
    } catch (IOException | UnsupportedOperationException e) {
      // Another file system.
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /**
   * Installs a plugin with the distribution's own {@code elasticsearch-plugin}.
   *
   * @throws InvalidInputException with what it says when it refuses
   */
  public void install(Path pluginZip) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                folder.resolve("bin/elasticsearch-plugin").toString(),
                "install",
                "--batch",
                pluginZip.toAbsolutePath().toUri().toString())
            .redirectErrorStream(true);
    configure(builder.environment());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new InvalidInputException(
            "[" + pluginZip + "] cannot be installed into [" + folder + "]: " + said.strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while [" + pluginZip + "] was installed", e);
    }
  }

  /** What every program of the distribution wants of its environment. */
  void configure(Map<String, String> environment) {
    environment.keySet().removeAll(List.of("JAVA_HOME", "JAVA_TOOL_OPTIONS", "CLASSPATH"));
    if (jdk != null) {
      environment.put("ES_JAVA_HOME", jdk.toString());
    }
  }
}
