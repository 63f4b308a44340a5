/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.testing.SharedFiles;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tiny models of fixtures-scripts/make_tiny_models.py. */
public final class TinyModels {
  private TinyModels() {}

  /** What transformers answers for a pair. */
  public record Expected(String query, String passage, int[] ids, float score) {}

  public static Path folder(String name) {
    return SharedFiles.project("reranker/src/test/resources/models").resolve(name);
  }

  public static ModelBundle bundle(String name) throws IOException {
    return ModelBundle.open(folder(name));
  }

  public static List<Expected> expected(String name) {
    return JsonMapper.shared()
        .readValue(folder(name).resolve("expected.json"), new TypeReference<List<Expected>>() {});
  }

  public static Map<String, List<Expected>> expectedByQuery(String name) {
    return expected(name).stream().collect(Collectors.groupingBy(Expected::query));
  }

  /** A copy that a test may damage. */
  public static Path copy(String name, Path into) throws IOException {
    Path target = Files.createDirectories(into.resolve(name));
    try (Stream<Path> files = Files.list(folder(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }
}
