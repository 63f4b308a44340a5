/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.stillrank.testing.SharedFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What transformers made of three small vocabularies, and the folders it made it of. */
final class Conversions {
  static final JsonMapper JSON = JsonMapper.shared();
  private static final Path RESOURCES =
      SharedFiles.project("trainer/src/test/resources/tokenizers");
  private static final JsonNode EXPECTED = expected();

  private Conversions() {}

  record Pair(String query, String passage) {}

  /** One vocabulary under one configuration. */
  record Case(JsonNode node) {
    JsonNode tokenizer() {
      return node.path("tokenizer");
    }

    int[] text(int i) {
      return ints(node.path("texts").path(i));
    }

    int[] pairIds(int i) {
      return ints(node.path("pairs").path(i).path(0));
    }

    int[] pairTypes(int i) {
      return ints(node.path("pairs").path(i).path(1));
    }

    /** Puts the case's files into a folder. */
    Path into(Path folder) throws IOException {
      copy(node.path("vocabulary").asString(), folder);
      for (var file : node.path("files").properties()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue().toString());
      }
      return folder;
    }

    @Override
    public String toString() {
      return node.path("name").asString();
    }
  }

  static Stream<Case> cases() {
    return EXPECTED.path("cases").valueStream().map(Case::new);
  }

  static List<String> texts() {
    return EXPECTED.path("texts").valueStream().map(JsonNode::stringValue).toList();
  }

  static List<Pair> pairs() {
    return EXPECTED
        .path("pairs")
        .valueStream()
        .map(pair -> new Pair(pair.path(0).stringValue(), pair.path(1).stringValue()))
        .toList();
  }

  /** Copies the files of a small vocabulary: wordpiece, bytelevel or unigram. */
  static Path copy(String vocabulary, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve(vocabulary))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(Objects.requireNonNull(file.getFileName())));
      }
    }
    return folder;
  }

  /** 1,000 texts of collections in the shared folder: queries and passages in turn. */
  static List<Pair> realPairs() throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (String name : List.of("scifact", "cisi", "checkthat20", "nfcorpus")) {
      List<String> queries = lines("data/" + name + "/queries.jsonl", 76);
      List<String> passages = lines("data/" + name + "/corpus.jsonl", 250);
      IntStream.range(0, 250)
          .forEach(i -> pairs.add(new Pair(queries.get(i % queries.size()), passages.get(i))));
    }
    assertThat(pairs).hasSize(1000);
    return pairs;
  }

  static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  private static int[] ints(JsonNode values) {
    return values.valueStream().mapToInt(JsonNode::intValue).toArray();
  }

  private static List<String> lines(String file, int count) throws IOException {
    try (Stream<String> lines = Files.lines(SharedFiles.shared(file))) {
      return lines
          .limit(count)
          .map(JSON::readTree)
          .map(node -> node.path("title").asString("") + " " + node.path("text").asString(""))
          .toList();
    }
  }

  private static JsonNode expected() {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(RESOURCES.resolve("expected.json.gz")))) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
