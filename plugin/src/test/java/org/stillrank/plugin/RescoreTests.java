/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;
import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertResponse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.action.index.IndexRequestBuilder;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.test.ESIntegTestCase;
import org.elasticsearch.threadpool.ThreadPool;
import org.stillrank.plugin.admission.Admission;
import org.stillrank.plugin.admission.SearchThreadLimit;
import org.stillrank.plugin.cache.ScoreCache;
import org.stillrank.plugin.model.ModelRegistry;
import org.stillrank.plugin.rescore.CrossEncoderRescorerBuilder;
import org.stillrank.plugin.rescore.RescorePolicy;
import org.stillrank.plugin.rescore.RescoreServices;
import org.stillrank.plugin.slowlog.SlowRetrievers;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.scale.RelevanceScale;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;

/** A cluster in this process, reranking with a tiny model; scores are the reranker's own. */
@ESIntegTestCase.ClusterScope(
    numDataNodes = 2,
    numClientNodes = 0,
    supportsDedicatedMasters = false)
public class RescoreTests extends ESIntegTestCase {
  private static final String QUERY = "why does bread rise";
  private static final List<String> TEXTS =
      List.of(
          "bread rises because yeast turns sugar into gas",
          "the harbour freezes in cold winters",
          "copper wires carry current better than bread",
          "bees dance to tell the others where bread is",
          "salt water freezes at a lower temperature",
          "the library lends books and bread");

  @Override
  protected Collection<Class<? extends Plugin>> nodePlugins() {
    return List.of(StillrankPlugin.class);
  }

  /** The client picks search types at random, and DFS asks all four shards of a node at once. */
  @Override
  protected Settings nodeSettings(int ordinal, Settings others) {
    return Settings.builder()
        .put(super.nodeSettings(ordinal, others))
        .put("thread_pool.search.size", 8)
        .build();
  }

  @Override
  protected Path nodeConfigPath(int ordinal) {
    Path config = createTempDir();
    try {
      TinyModel.put(config, "bert-one-output", "tiny");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return config;
  }

  public void testScoresAreTheRerankersOwnOnAnyNumberOfShards() throws Exception {
    Map<String, Float> expected = expected();
    for (int shards : new int[] {1, 4}) {
      String index = "texts-" + shards;
      index(index, shards);
      assertResponse(
          prepareSearch(index)
              .setQuery(QueryBuilders.matchAllQuery())
              .setSize(TEXTS.size())
              .addRescorer(rescorer("\"fields\": [\"text\"]"), 10),
          response -> {
            assertNoFailures(response);
            List<String> ranked = new ArrayList<>();
            for (SearchHit hit : response.getHits()) {
              ranked.add(hit.getId());
              assertEquals(hit.getId(), expected.get(hit.getId()), hit.getScore(), 1e-5);
            }
            assertEquals(
                expected.entrySet().stream()
                    .sorted(Map.Entry.<String, Float>comparingByValue(Comparator.reverseOrder()))
                    .map(Map.Entry::getKey)
                    .toList(),
                ranked);
          });
    }
  }

  private static Map<String, Float> expected() throws IOException {
    Map<String, Float> scores = new TreeMap<>();
    Path folder = TinyModel.folder("bert-one-output");
    try (CrossEncoder model =
        CrossEncoder.open(ModelBundle.open(folder), ScoringOptions.defaults())) {
      float[] logits = model.score(QUERY, TEXTS, Cancellation.NONE);
      for (int i = 0; i < logits.length; i++) {
        scores.put("" + i, RelevanceScale.ofLogit(logits[i]));
      }
    }
    return scores;
  }

  private void index(String name, int shards) {
    createIndex(
        name,
        Settings.builder()
            .put("index.number_of_shards", shards)
            .put("index.number_of_replicas", 0)
            .build());
    List<IndexRequestBuilder> requests = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      requests.add(prepareIndex(name).setId("" + i).setSource("text", TEXTS.get(i)));
    }
    indexRandom(true, false, requests);
    ensureGreen(name);
  }

  private CrossEncoderRescorerBuilder rescorer(String options) throws IOException {
    String clause = "{\"model\": \"tiny\", \"query\": \"" + QUERY + "\", " + options + "}";
    try (var parser =
        createParser(org.elasticsearch.xcontent.json.JsonXContent.jsonXContent, clause)) {
      // A search that stays on its node is not serialised, and keeps the services it was given.
      ThreadPool threads = internalCluster().getDataNodeInstance(ThreadPool.class);
      RescoreServices services =
          new RescoreServices(
              internalCluster().getDataNodeInstance(ModelRegistry.class),
              new Admission(
                  new SearchThreadLimit(8, 0.5),
                  100,
                  task -> threads.schedule(task, Admission.TICK, threads.generic()),
                  threads.getThreadContext(),
                  System::nanoTime),
              new RescorePolicy(TimeValue.MINUS_ONE, Long.MAX_VALUE),
              new ScoreCache(ByteSizeValue.ZERO),
              (level, fields) -> {},
              new SlowRetrievers(Settings.EMPTY),
              threads);
      return CrossEncoderRescorerBuilder.parse(parser, services);
    }
  }
}
