/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.stillrank.testing.SharedFiles;

/** The examples of the README's section on Elasticsearch, unchanged, at the port that they name. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadmeTest {
  private static final int PORT = 9200;
  private static LocalServer server;

  @BeforeAll
  static void aServerAtTheUsualPort() throws IOException {
    try (ServerSocket free = new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress())) {
      assertThat(free.isBound()).isTrue();
    } catch (IOException e) {
      assumeTrue(false, "skipped: something else listens at port " + PORT + ": " + e);
    }
    NodeConfig node =
        new NodeConfig("n1", PORT, FreePorts.take(1)[0], List.of(), List.of(), Map.of());
    server =
        LocalServer.start(
            new LocalServer.Parts(
                null,
                Installed.plugin(),
                Map.of("minilm-l6", Installed.BUNDLE),
                node,
                Installed.OPTIONS));
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.done();
      server.close();
    }
  }

  @Test
  @Order(1)
  void curlRunsTheExamples() throws Exception {
    String said = run(List.of("bash", "-euc", example("sh")));
    assertThat(said)
        .contains("\"errors\":false")
        .containsPattern("\"_id\" : \"1\",\\s+\"_score\" : [1-9]")
        .contains("\"state\" : \"ready\"", "\"logit\" : ", "\"padded_tokens\" : ")
        .doesNotContain("\"error\" :");
  }

  @Test
  @Order(2)
  void theOfficialPythonClientRunsTheExample() throws Exception {
    String python = System.getenv().getOrDefault("STILLRANK_PYTHON", "python3");
    assumeTrue(
        new ProcessBuilder(
                    python, "-c", "import elasticsearch; assert elasticsearch.__version__[0] >= 8")
                .start()
                .waitFor()
            == 0,
        "skipped: ["
            + python
            + "] has no module elasticsearch of version 8 or newer; pip install elasticsearch");
    assertThat(run(List.of(python, "-c", example("python"))).lines())
        .hasSize(2)
        .first()
        .asString()
        .endsWith(" Baking");
  }

  @Test
  @Order(3)
  void theRetrieverOfTheExampleRuns() throws Exception {
    Node.Answer answer =
        new Node(server.address()).send("POST", "/articles/_search", example("json"));
    assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
    assertThat(answer.ids()).containsExactly("1", "2");
  }

  private static String example(String language) throws IOException {
    String readme = Files.readString(SharedFiles.project("README.md"));
    String section = readme.substring(readme.indexOf("## In Elasticsearch"));
    Matcher block =
        Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(section);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
