/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.reranker.scoring.ScoringRequest;
import org.stillrank.reranker.scoring.TokenLimit;
import org.stillrank.testing.SharedFiles;

/** What the real servers of these tests have in them, and what is expected of it. */
final class Installed {
  static final Path BUNDLE = SharedFiles.project("distribution/bundles/base");

  /** The name of the bundle among a node's models, as documents use it. */
  static final String MODEL = BUNDLE.getFileName().toString();

  static final String OPTIONS = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1";
  static final String QUERY = "why does bread rise";
  static final List<String> TEXTS =
      List.of(
          "Bread rises because yeast turns sugar into gas and the dough holds it.",
          "The harbour freezes in cold winters and ships wait for the ice to break.",
          "Copper wires carry current better than iron wires of the same thickness.",
          "Bees dance to tell the others where the flowers are.",
          "Salt water freezes at a lower temperature than fresh water does.",
          "The library lends books, maps and records to anyone who lives in town.");

  private Installed() {}

  /** One node that keeps no scores, on which one retriever's search scores and one more waits. */
  static NodeConfig narrow() throws IOException {
    return NodeConfig.alone()
        .with("stillrank.score_cache.size", "0b")
        .with("stillrank.retriever.size", "1")
        .with("stillrank.retriever.queue_size", "1");
  }

  static Path plugin() throws IOException {
    return PluginZip.below(SharedFiles.project("."));
  }

  /** A server of the test's own with some models, under the names they have there. */
  static LocalServer server(Map<String, Path> models, NodeConfig node) throws IOException {
    return LocalServer.start(new LocalServer.Parts(null, plugin(), models, node, OPTIONS));
  }

  /** A copy of the server's programs with the plugin in it. */
  static EsHome home(Path folder) throws IOException {
    EsHome home =
        EsHome.copyOf(
            ElasticsearchZip.PINNED.unpacked(), folder, Path.of(System.getProperty("java.home")));
    home.install(plugin());
    return home;
  }

  /** A node's working folder with the bundle among its models. */
  static Path work(Path folder) throws IOException {
    Path model = Files.createDirectories(folder.resolve("config/stillrank/models/" + MODEL));
    try (Stream<Path> files = Files.list(BUNDLE)) {
      for (Path each : files.toList()) {
        Files.copy(each, model.resolve(each.getFileName().toString()));
      }
    }
    return folder;
  }

  /** Scores of the reranker itself, on the plugin's scale as DESIGN states it. */
  static double[] scores(String query, List<String> texts) throws IOException {
    return scores(query, texts, Passages.beginning());
  }

  /** The same for passages of the texts. */
  static double[] scores(String query, List<String> texts, Passages passages) throws IOException {
    try (CrossEncoder model =
        CrossEncoder.open(ModelBundle.open(BUNDLE), ScoringOptions.defaults())) {
      ScoringRequest request = ScoringRequest.of(query, texts, passages, TokenLimit.none());
      float[] logits = model.measured(request, Cancellation.NONE).logits();
      return IntStream.range(0, logits.length)
          .mapToDouble(i -> Math.max(logits[i], 0) + Math.min(Math.exp(logits[i]), 1))
          .toArray();
    }
  }

  /** Ids in the order of their scores. */
  static List<String> ranked(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(id -> -scores[id]))
        .map(String::valueOf)
        .toList();
  }

  /** Unrelated texts of many words, different ones. */
  static List<String> longTexts(int count, int words) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder("text number " + i);
      for (int word = 0; word < words; word++) {
        text.append(' ').append(TEXTS.get((i + word) % TEXTS.size()));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  static String retriever(int window, String options) {
    return "{\"size\": "
        + window
        + ", \"retriever\": {\"cross_encoder\": {\"retriever\": {\"standard\": {\"query\":"
        + " {\"match_all\": {}}}}, \"model\": \""
        + MODEL
        + "\", \"query\": \""
        + QUERY
        + "\", \"fields\": [\"text\"], \"rank_window_size\": "
        + window
        + options
        + "}}}";
  }

  static String clause(String options) {
    return "{\"query\": {\"match_all\": {}}, \"rescore\": {\"window_size\": 10,"
        + " \"cross_encoder\": {\"model\": \""
        + MODEL
        + "\", \"query\": \""
        + QUERY
        + "\", \"fields\": [\"text\"]"
        + options
        + "}}}";
  }
}
