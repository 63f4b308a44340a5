/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stillrank.distribution.server.Installed.TEXTS;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.cluster.ClusterClient;
import org.stillrank.distribution.cluster.ClusterException;

/** A server with security on: who may do what. */
class SecuredNodeTest {
  private static final String PASSWORD = "a-long-password";

  /** Stays when a test fails, for the logs in it. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  private static EsServer server;

  @BeforeAll
  static void aServerWithThreeUsers() throws Exception {
    EsHome home = Installed.home(folder.resolve("home"));
    Path work = Installed.work(folder.resolve("work"));
    Path config = work.resolve("config");
    for (String file : List.of("users", "users_roles")) {
      Files.createFile(config.resolve(file));
    }
    Files.writeString(
        config.resolve("roles.yml"),
        """
        searcher:
          indices:
            - names: [ "texts" ]
              privileges: [ "read" ]
        watcher:
          cluster: [ "monitor" ]
        """);
    user(home, config, "admin", "superuser");
    user(home, config, "searcher", "searcher");
    user(home, config, "watcher", "watcher");
    NodeConfig node =
        NodeConfig.alone()
            .with("xpack.security.enabled", "true")
            .with("xpack.security.http.ssl.enabled", "false");
    server = EsServer.start(home, work, node, Installed.OPTIONS);
    try (ClusterClient admin = as("admin")) {
      admin.get("/_cluster/health?wait_for_status=yellow&timeout=60s");
      admin.put("/texts", "{\"settings\": {\"number_of_replicas\": 0}}");
      for (int i = 0; i < TEXTS.size(); i++) {
        admin.put("/texts/_doc/" + i + "?refresh=true", "{\"text\": \"" + TEXTS.get(i) + "\"}");
      }
    }
  }

  private static void user(EsHome home, Path config, String name, String role)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                home.folder().resolve("bin/elasticsearch-users").toString(),
                "useradd",
                name,
                "-p",
                PASSWORD,
                "-r",
                role)
            .redirectErrorStream(true);
    home.configure(builder.environment());
    builder.environment().put("ES_PATH_CONF", config.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoMayReadAnIndexMayRerankIt() throws IOException {
    try (ClusterClient searcher = as("searcher")) {
      assertThat(searcher.post("/texts/_search", Installed.clause("")).path("hits").path("hits"))
          .hasSize(TEXTS.size());
      assertThat(
              searcher
                  .post("/texts/_search", Installed.retriever(TEXTS.size(), ""))
                  .path("hits")
                  .path("hits"))
          .hasSize(TEXTS.size());
      for (String path :
          List.of(
              "/_stillrank/models",
              "/_stillrank/_stats",
              "/_stillrank/_metrics",
              "/_cat/stillrank?format=json")) {
        refused(() -> searcher.get(path));
      }
      refused(() -> searcher.post("/_stillrank/models/base/_reload", ""));
      refused(() -> searcher.post("/_stillrank/models/base/_unload", ""));
      refused(() -> searcher.post("/_stillrank/models/base/_score", QUESTION));
    }
  }

  @Test
  void monitoringSeesModelsAndManagingChangesThem() throws IOException {
    try (ClusterClient watcher = as("watcher");
        ClusterClient admin = as("admin")) {
      assertThat(watcher.get("/_stillrank/models").path("nodes")).hasSize(1);
      assertThat(watcher.get("/_stillrank/_stats").path("nodes")).hasSize(1);
      assertThat(watcher.get("/_cat/stillrank?format=json")).hasSize(1);
      assertThat(watcher.post("/_stillrank/models/base/_score", QUESTION).path("scores"))
          .hasSize(1);
      refused(() -> watcher.post("/_stillrank/models/base/_reload", ""));
      refused(() -> watcher.post("/_stillrank/models/base/_unload", ""));
      refused(() -> watcher.post("/texts/_search", Installed.clause("")));
      assertThat(admin.post("/_stillrank/models/base/_reload", "").path("nodes")).hasSize(1);
      assertThat(admin.post("/_stillrank/models/base/_unload", "").path("nodes")).hasSize(1);
    }
  }

  private static final String QUESTION = "{\"query\": \"a\", \"passages\": [\"b\"]}";

  private static void refused(ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.status()).isEqualTo(403))
        .hasMessageContaining("is unauthorized for user");
  }

  private static ClusterClient as(String user) {
    URI at = server.address();
    return ClusterClient.at(
        URI.create("http://" + user + ":" + PASSWORD + "@" + at.getHost() + ":" + at.getPort()),
        null);
  }
}
