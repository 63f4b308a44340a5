/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertHitCount;
import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.xcontent.ChunkedToXContent;
import org.elasticsearch.env.Environment;
import org.elasticsearch.indices.breaker.CircuitBreakerStats;
import org.elasticsearch.indices.breaker.HierarchyCircuitBreakerService;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.ToXContent;
import org.stillrank.plugin.administration.ModelsAction;
import org.stillrank.plugin.administration.ModelsRequest;
import org.stillrank.plugin.administration.ModelsResponse;
import org.stillrank.plugin.administration.UnloadAction;
import org.stillrank.plugin.memory.MemoryNeed;
import org.stillrank.plugin.memory.NativeMemory;
import org.stillrank.plugin.memory.NativeMemoryException;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.plugin.model.ModelStatus;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.handle.NativeHandle;

/** What models take of a node's native memory is counted, bounded and given back. */
public class NativeMemoryTests extends TinyIndexTestCase {

  /** Without it the parent is what the heap holds, whatever its children count. */
  @Override
  protected Settings nodeSettings() {
    return Settings.builder()
        .put(super.nodeSettings())
        .put(HierarchyCircuitBreakerService.USE_REAL_MEMORY_USAGE_SETTING.getKey(), false)
        .put("stillrank.model.workers", 3)
        .put("stillrank.model.threads_per_worker", 2)
        .put("stillrank.model.niceness", 0)
        .build();
  }

  public void testAModelInMemoryShowsInTheServersBreakersButNotInTheHeaps() throws Exception {
    long need = need("bert-one-output").bytes();
    assertEquals(0, used());
    load("tiny");
    assertEquals(need, used());
    assertEquals(need, breaker(NativeMemory.BREAKER).getEstimated());
    assertEquals(
        getInstanceFromNode(NativeMemory.class).statistics().limit(),
        breaker(NativeMemory.BREAKER).getLimit());
    assertTrue(breaker(CircuitBreaker.PARENT).getEstimated() < need);
    assertEquals(need, models().status("tiny").nativeBytes());
    String statistics = statistics();
    assertTrue(statistics, statistics.contains("\"used\":" + need));
    assertTrue(statistics, statistics.contains("\"native_bytes\":" + need));
    assertTrue(
        statistics,
        statistics.contains(
            "\"schedule\":{\"workers\":3,\"threads_per_worker\":2,\"tokens_per_batch\":200,"
                + "\"niceness\":0}"));
  }

  public void testAModelThatDoesNotFitIsRefusedAndTheNodeStaysAsItWas() throws Exception {
    setting(NativeMemory.LIMIT, "1kb");
    Exception refused = expectThrows(Exception.class, () -> search("", response -> {}));
    assertEquals(RestStatus.TOO_MANY_REQUESTS, ExceptionsHelper.status(refused));
    for (String part :
        List.of(
            "model [tiny] cannot be used: it needs up to [",
            "of the [1kb] of this node that [stillrank.native_memory.limit] allows, models []",
            "raise [stillrank.native_memory.limit], unload a model")) {
      assertTrue(part, ExceptionsHelper.stackTrace(refused).contains(part));
    }
    assertEquals("failed", models().status("tiny").state());
    assertEquals(1, failures());
    search(
        ", \"on_failure\": \"first_stage\"",
        response -> {
          assertNoFailures(response);
          assertHitCount(response, 2);
        });
    assertEquals("counted once a window", 2, failures());
    assertEquals(0, used());
    assertEquals(List.of(), NativeHandle.open());
    assertEquals(2, breaker(NativeMemory.BREAKER).getTrippedCount());
    assertEquals(2, getInstanceFromNode(NativeMemory.class).statistics().refused());
    setting(NativeMemory.LIMIT, null);
    search("", response -> assertNoFailures(response));
    assertEquals("ready", models().status("tiny").state());
  }

  public void testBytesAreGivenBackByUnloadingFailedLoadsAndClosing() throws Exception {
    put("bert-without-head", "headless");
    load("tiny");
    long loaded = used();
    Exception failure = expectThrows(Exception.class, () -> load("headless"));
    assertTrue(failure.getMessage(), failure.getMessage().contains("has no scoring head"));
    assertEquals(loaded, used());
    client().execute(UnloadAction.TYPE, new ModelsRequest("tiny")).actionGet(SOON);
    assertEquals("available", models().status("tiny").state());
    assertEquals(0, used());
    assertEquals(0, breaker(NativeMemory.BREAKER).getEstimated());
    assertEquals(List.of(), NativeHandle.open());
    search("", response -> assertNoFailures(response));
    assertEquals(loaded, used());
    models().close();
    assertEquals(0, used());
  }

  public void testAReloadNeedsRoomForBothFilesUntilTheOldOneIsFree() throws Exception {
    load("tiny");
    final String old = models().status("tiny").sha256();
    final MemoryNeed need = need("bert-one-output");
    setting(NativeMemory.LIMIT, need.bytes() + need.tokenizer() + "b");
    reload();
    assertEquals("the same file is not counted twice", need.bytes(), used());

    Path models =
        getInstanceFromNode(Environment.class).configDir().resolve("stillrank/models/tiny");
    Files.copy(
        TinyModel.folder("bert-flat-output").resolve("model.onnx"),
        models.resolve("model.onnx"),
        StandardCopyOption.REPLACE_EXISTING);
    Exception refused = expectThrows(Exception.class, this::reload);
    assertNotNull(ExceptionsHelper.unwrap(refused, NativeMemoryException.class));
    assertNotNull(ExceptionsHelper.unwrap(refused, CircuitBreakingException.class));
    assertTrue(refused.getMessage(), refused.getMessage().contains("models [tiny] have ["));
    assertEquals("the old one serves", old, models().status("tiny").sha256());
    assertEquals(need.bytes(), used());
    search("", response -> assertNoFailures(response));

    setting(NativeMemory.LIMIT, null);
    LoadedModel inUse = models().acquire("tiny");
    reload();
    assertNotEquals(old, models().status("tiny").sha256());
    long both = need.bytes() + need("bert-flat-output").bytes();
    assertEquals("somebody scores with the old one", both, used());
    inUse.decRef();
    assertEquals(need("bert-flat-output").bytes(), used());
  }

  public void testModelsWithTheSameFileTakeItsSessionOnce() throws Exception {
    put("bert-one-output", "twin");
    load("tiny");
    load("twin");
    MemoryNeed need = need("bert-one-output");
    assertEquals(need.bytes() + need.tokenizer(), used());
    models().unload("tiny");
    assertEquals(need.bytes(), used());
    models().unload("twin");
    assertEquals(0, used());
  }

  private void load(String id) {
    PlainActionFuture<Void> loaded = new PlainActionFuture<>();
    models().load(id, loaded);
    loaded.actionGet(SOON);
  }

  private void reload() {
    PlainActionFuture<Void> loaded = new PlainActionFuture<>();
    models().reload("tiny", loaded);
    loaded.actionGet(SOON);
  }

  private MemoryNeed need(String model) throws Exception {
    return MemoryNeed.of(ModelBundle.open(TinyModel.folder(model)), models().schedule());
  }

  private long used() {
    return getInstanceFromNode(NativeMemory.class).statistics().used();
  }

  private long failures() {
    ModelStatus status = models().status("tiny");
    Map<FailureKind, Long> failures = status.statistics().failures();
    assertEquals(
        status.statistics().requests(), failures.values().stream().mapToLong(each -> each).sum());
    return failures.get(FailureKind.NATIVE_MEMORY);
  }

  private CircuitBreakerStats breaker(String name) {
    return client()
        .admin()
        .cluster()
        .prepareNodesStats()
        .clear()
        .setBreaker(true)
        .get(SOON)
        .getNodes()
        .getFirst()
        .getBreaker()
        .getStats(name);
  }

  private String statistics() {
    ModelsResponse response =
        client().execute(ModelsAction.TYPE, new ModelsRequest(null)).actionGet(SOON);
    ToXContent.Params params =
        new ToXContent.MapParams(Map.of(ModelStatus.STATISTICS, Boolean.toString(true)));
    return Strings.toString(ChunkedToXContent.wrapAsToXContent(response), params);
  }
}
