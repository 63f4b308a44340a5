/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.config.BackboneConfig;

class BackboneFetchTest {
  private static final String AT_COMMIT =
      "/google/electra-base-discriminator/resolve/" + LoopbackHub.COMMIT + "/";

  @TempDir private Path home;
  private LoopbackHub server;
  private BackboneConfig config;
  private Path out;
  private final byte[] weights = new byte[300_000];

  @BeforeEach
  void aModelOnAHub() throws IOException {
    server = new LoopbackHub();
    new Random(1).nextBytes(weights);
    server.files.put("config.json", utf8("{\"model_type\": \"electra\"}"));
    server.files.put("model.safetensors", weights);
    server.files.put("vocab.txt", utf8("[PAD]\n[UNK]\n"));
    config = BackboneConfig.read(SharedFiles.project("config/backbones/electra-base.yaml"));
    out = home.resolve("electra");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void aModelComesWholeAndOfOneCommit() throws IOException {
    BackboneManifest manifest = download(Progress.silent());
    assertThat(out.resolve("model.safetensors")).hasBinaryContent(weights);
    assertThat(manifest.sha256().keySet())
        .containsExactly("config.json", "model.safetensors", "vocab.txt");
    assertThat(manifest.sha256())
        .containsEntry("model.safetensors", LoopbackHub.hash("SHA-256", weights));
    assertThat(manifest.origin()).endsWith("electra-base-discriminator/tree/" + LoopbackHub.COMMIT);
    assertThat(BackboneManifest.read(out)).isEqualTo(manifest);
    assertThat(names(home)).containsExactly("electra");
    assertThat(names(out))
        .containsExactly("backbone.json", "config.json", "model.safetensors", "vocab.txt");
    assertThat(server.requests)
        .contains("HEAD " + AT_COMMIT + "model.safetensors", "HEAD " + AT_COMMIT + "vocab.txt");
  }

  @Test
  void safetensorsArePreferredToWhatTorchSaved() throws IOException {
    server.files.put("pytorch_model.bin", utf8("weights"));
    assertThat(download(Progress.silent()).sha256()).doesNotContainKey("pytorch_model.bin");
    AtomicOutput.delete(out);
    server.files.remove("model.safetensors");
    assertThat(download(Progress.silent()).sha256()).containsKey("pytorch_model.bin");
  }

  @Test
  void anInterruptedDownloadGoesOnWhereItBrokeOff() throws IOException {
    long have = breakOff();
    server.cutAfter = null;
    download(Progress.silent());
    assertThat(server.requests).contains("GET /model.safetensors bytes=" + have + "-");
    assertThat(out.resolve("model.safetensors")).hasBinaryContent(weights);
  }

  @Test
  void aServerWithoutRangesSendsAllOfItAgain() throws IOException {
    breakOff();
    server.cutAfter = null;
    server.ranges = false;
    download(Progress.silent());
    assertThat(out.resolve("model.safetensors")).hasBinaryContent(weights);
  }

  @Test
  void anotherContentIsNotAppendedToWhatCameBefore() throws IOException {
    breakOff();
    server.cutAfter = null;
    byte[] others = weights.clone();
    others[0]++;
    server.files.put("model.safetensors", others);
    download(Progress.silent());
    assertThat(out.resolve("model.safetensors")).hasBinaryContent(others);
    assertThat(names(out)).noneMatch(name -> name.endsWith(".part"));
    assertThat(server.requests).noneMatch(request -> request.contains("bytes="));
  }

  @Test
  void anInterruptKeepsWhatHasCome() throws IOException {
    assertThatThrownBy(() -> download(onStep(count -> Thread.currentThread().interrupt())))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(out).doesNotExist();
    download(Progress.silent());
    assertThat(out.resolve("model.safetensors")).hasBinaryContent(weights);
  }

  @Test
  void aPartLongerThanTheFileIsThrownAway() throws IOException {
    Path staging = Files.createDirectories(home.resolve("electra.fetching"));
    String hash = LoopbackHub.hash("SHA-256", weights).substring(0, 16);
    Path part = staging.resolve("model.safetensors." + hash + ".part");
    Files.write(part, new byte[weights.length + 1]);
    assertThatThrownBy(() -> download(Progress.silent()))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("it was removed");
    assertThat(part).doesNotExist();
    download(Progress.silent());
    assertThat(out.resolve("model.safetensors")).hasBinaryContent(weights);
  }

  @Test
  void aWrongChecksumLeavesNothing() {
    server.linkedHash = "0".repeat(64);
    assertThatThrownBy(() -> download(Progress.silent()))
        .isInstanceOf(FetchException.class)
        .hasMessageContainingAll(
            "model.safetensors] came with the SHA-256 " + LoopbackHub.hash("SHA-256", weights),
            "not SHA-256 000",
            "run the command again");
    assertThat(out).doesNotExist();
    assertThat(names(home.resolve("electra.fetching"))).containsExactly("config.json");
  }

  @Test
  void aServerWithoutChecksumsIsRefused() {
    server.linkedHash = "5-1234";
    assertThatThrownBy(() -> download(Progress.silent()))
        .isInstanceOf(FetchException.class)
        .hasMessageContainingAll("ETag [\"5-1234\"], no checksum", "--from");
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "model.safetensors, '0123456789abcdef0123456789abcdef01234567] has none of [model.safetensors, pytorch_model.bin]'",
    "vocab.txt, 'has none of [tokenizer.json, vocab.txt]'",
    "config.json, 'discriminator/tree/main] has none of [config.json] (HTTP 404); check hub_id'",
  })
  void aFileThatTheHubLacksIsNamed(String file, String message) {
    server.files.remove(file);
    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource({
    "401, GatedRepo, 'not given to this user (HTTP 401: because of the test); check hub_id, accept'",
    "403, GatedRepo, 'set HF_TOKEN, or name a folder with --from'",
    "404, RepoNotFound, 'is not there (HTTP 404: because of the test); check hub_id and revision'",
  })
  void aRefusalOfTheHubSaysWhatToDo(int status, String code, String message) {
    server.status = status;
    server.errorCode = code;
    assertRefused(message);
  }

  @Test
  void aBusyServerIsNoMistakeOfTheUser() {
    server.status = 503;
    assertThatThrownBy(() -> download(Progress.silent()))
        .isInstanceOf(FetchException.class)
        .hasMessageContainingAll("answers HTTP 503", "try again later");
  }

  @Test
  void aTokenGoesToTheHubAlone() throws IOException {
    try (HubClient hub = HubClient.at(HubAddress.of(server.endpoint()), "secret")) {
      new BackboneFetch(config, out).download(hub, Progress.silent());
    }
    assertThat(server.tokensAtHub).isNotEmpty().containsOnly("Bearer secret");
    assertThat(server.tokensAtCdn).isEmpty();
  }

  @Test
  void aModelOfAnotherFamilyIsNotKept() {
    server.files.put("config.json", utf8("{\"model_type\": \"bert\"}"));
    assertRefused("has the model_type [bert], and google/electra-base-discriminator is of");
  }

  @Test
  void whatIsThereIsNotFetchedAgainUnlessItChanged() throws IOException {
    BackboneFetch fetch = new BackboneFetch(config, out);
    assertThat(fetch.present()).isEmpty();
    BackboneManifest manifest = download(Progress.silent());
    assertThat(fetch.present()).contains(manifest);
    Files.writeString(out.resolve("vocab.txt"), "[CLS]\n");
    assertThatThrownBy(fetch::present)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("electra] holds", "not a whole and unchanged", "delete it");
    Files.delete(out.resolve("backbone.json"));
    assertThatThrownBy(fetch::present)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("was not made by train fetch");
  }

  @ParameterizedTest
  @CsvSource({"ftp://x", "huggingface.co", "'http://a b'", "https://x/?q=1", "''"})
  void anAddressThatIsNoneIsRefused(String address) {
    assertThatThrownBy(() -> HubAddress.of(address))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[" + address + "] is no address of a hub");
  }

  private long breakOff() throws IOException {
    CountDownLatch received = new CountDownLatch(1);
    server.cutAfter = received;
    long[] sum = {0};
    Progress.Display display =
        onStep(count -> {
          sum[0] += count;
          if (sum[0] >= weights.length / 2) {
            received.countDown();
          }
        });
    assertThatThrownBy(() -> download(display))
        .isInstanceOf(FetchException.class)
        .hasMessageContainingAll(
            "broke off after [150000] of [300000] bytes", "run the same command again");
    assertThat(out).doesNotExist();
    return weights.length / 2;
  }

  /** Tells of the bytes of the weights as they come. */
  private static Progress.Display onStep(LongConsumer listener) {
    return (task, total) ->
        new Progress() {
          @Override
          public void step(long count) {
            if (task.startsWith("model") && count > 0) {
              listener.accept(count);
            }
          }

          @Override
          public void note(String words) {}

          @Override
          public void close() {}
        };
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> download(Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
    assertThat(out).doesNotExist();
  }

  private BackboneManifest download(Progress.Display display) throws IOException {
    try (HubClient hub = HubClient.at(HubAddress.of(server.endpoint() + "/"), null)) {
      return new BackboneFetch(config, out).download(hub, display);
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(each -> each.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
