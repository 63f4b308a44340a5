/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * The server distribution on Maven Central: Elastic's test distribution, without a JDK and with few
 * modules. It is fetched by the {@code mvn} on the path, checked, and unpacked once.
 *
 * @param version of Elasticsearch
 * @param sha256 of the zip; Central has no checksum beside it
 */
public record ElasticsearchZip(String version, String sha256) {
  /** The version that the plugin is built for. */
  public static final ElasticsearchZip PINNED =
      new ElasticsearchZip(
          "9.5.3", "bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d");

  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy";

  /** The unpacked distribution in this user's cache. */
  public Path unpacked() throws IOException {
    return unpacked(Path.of(System.getProperty("user.home"), ".cache", "stillrank"));
  }

  /**
   * The unpacked distribution below a cache folder.
   *
   * @throws InvalidInputException when it cannot be had or is not the one expected
   */
  public Path unpacked(Path cache) throws IOException {
    Path home = cache.resolve("elasticsearch-" + version);
    if (!Files.isDirectory(home)) {
      AtomicOutput.folder(
          home,
          folder -> {
            Path fetched = Files.createTempDirectory("stillrank-elasticsearch");
            try {
              unpack(fetch(fetched), folder);
            } finally {
              AtomicOutput.delete(fetched);
            }
          });
    }
    return home;
  }

  private Path fetch(Path folder) throws IOException {
    String artifact =
        "org.elasticsearch.distribution.integ-test-zip:elasticsearch:" + version + ":zip";
    Process maven =
        new ProcessBuilder(
                "mvn", "-B", "-q", COPY, "-Dartifact=" + artifact, "-DoutputDirectory=" + folder)
            .redirectErrorStream(true)
            .start();
    try (InputStream said = maven.getInputStream()) {
      String words = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      if (maven.waitFor() != 0) {
        throw new InvalidInputException(
            "[" + artifact + "] cannot be had through mvn; or set ES_HOME. Maven said: " + words);
      }
    } catch (InterruptedException e) {
      maven.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while mvn fetched [" + artifact + "]", e);
    }
    Path zip = folder.resolve("elasticsearch-" + version + ".zip");
    String found = FileHash.sha256(zip);
    if (!found.equals(sha256)) {
      throw new InvalidInputException(
          "["
              + artifact
              + "] has the SHA-256 ["
              + found
              + "], not ["
              + sha256
              + "]; delete it from the local Maven repository to fetch it again");
    }
    return zip;
  }

  /** Leaves out the zip's one top folder. */
  private static void unpack(Path zip, Path folder) throws IOException {
    try (ZipFile archive = new ZipFile(zip.toFile())) {
      for (Enumeration<? extends ZipEntry> all = archive.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("[" + zip + "] has the entry [" + entry.getName() + "]");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          try (InputStream in = archive.getInputStream(entry)) {
            Files.copy(in, target);
          }
          // Java's zip reader knows nothing of permissions.
          if (name.startsWith("bin/") && !target.toFile().setExecutable(true)) {
            throw new IOException("[" + target + "] cannot be made executable");
          }
        }
      }
    }
    // Zips leave out empty folders, and the server wants these.
    Files.createDirectories(folder.resolve("plugins"));
    Files.createDirectories(folder.resolve("logs"));
  }
}
