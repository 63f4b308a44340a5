/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final Set<String> PROGRAM = Set.of("", "bin", "lib", "modules", "jdk");
  private static final Set<Path> CONFIG =
      Set.of(Path.of("config", "jvm.options"), Path.of("config", "log4j2.properties"));

  /**
   * A copy of a distribution in a new folder, made of hard links where that is possible: to install
   * a plugin writes into the distribution. Its data, logs, plugins and keystore are left out.
   *
   * @throws InvalidInputException when there is no Elasticsearch in the folder
   */
  public static EsHome copyOf(Path distribution, Path target, @Nullable Path jdk)
      throws IOException {
    if (!Files.isRegularFile(distribution.resolve("bin/elasticsearch"))) {
      throw new InvalidInputException(
          "[" + distribution + "] has no bin/elasticsearch; name the folder of an installation");
    }
    boolean shared = !Unprivileged.changesOwners();
    try (Stream<Path> files = Files.walk(distribution, FileVisitOption.FOLLOW_LINKS)) {
      for (Path each : (Iterable<Path>) files::iterator) {
        Path relative = distribution.relativize(each);
        Path copy = target.resolve(relative.toString());
        if (Files.isDirectory(each)) {
          if (isProgram(relative) || relative.equals(Path.of("config"))) {
            Files.createDirectories(copy);
          }
        } else if (isProgram(relative) || CONFIG.contains(relative)) {
          if (shared) {
            link(each, copy);
          } else {
            copy(each, copy);
          }
        }
      }
    }
    Files.createDirectories(target.resolve("plugins"));
    Files.createDirectories(target.resolve("logs"));
    return new EsHome(target, jdk);
  }

  private static boolean isProgram(Path relative) {
    return PROGRAM.contains(relative.getName(0).toString());
  }

  private static void link(Path file, Path copy) throws IOException {
    try {
      Files.createLink(copy, file);
    } catch (IOException | UnsupportedOperationException e) {
      // Another file system.
      copy(file, copy);
    }
  }

  private static void copy(Path file, Path copy) throws IOException {
    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
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
    // The user's own settings are of another node.
    environment.keySet().removeIf(name -> name.startsWith("ES_"));
    if (jdk != null) {
      environment.put("ES_JAVA_HOME", jdk.toString());
    }
  }
}
