/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ContextPreservingActionListener;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.threadpool.ThreadPool;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.memory.NativeMemory;
import org.stillrank.plugin.memory.NativeMemoryException;
import org.stillrank.plugin.runtime.NativeLibraries;
import org.stillrank.plugin.statistics.ModelStatistics;
import org.stillrank.reranker.scoring.Schedule;

/** The models of one node: folders below its model home, opened when first used. */
public final class ModelRegistry implements AutoCloseable {
  private final ModelFolders folders;
  private final NativeLibraries natives;
  private final Executor loader;
  private final ThreadContext contexts;
  private final Schedule schedule;
  private final NativeMemory memory;
  private final Map<String, ModelState> states = new HashMap<>();
  private final Map<String, ModelStatistics> statistics = new ConcurrentHashMap<>();
  private final Set<String> opening = new HashSet<>();
  private final Map<String, List<ActionListener<Void>>> again = new HashMap<>();
  private boolean closed;

  /**
   * @param folders where the models are
   * @param threads of which the generic ones open models, which takes up to seconds
   * @param schedule by which each of them scores
   * @param memory that they may take
   */
  public ModelRegistry(
      ModelFolders folders,
      NativeLibraries natives,
      ThreadPool threads,
      Schedule schedule,
      NativeMemory memory) {
    this.folders = folders;
    this.natives = natives;
    this.loader = threads.generic();
    this.contexts = threads.getThreadContext();
    this.schedule = schedule;
    this.memory = memory;
  }

  /** By which each model scores. */
  public Schedule schedule() {
    return schedule;
  }

  /** Whether {@link #acquire} would give it. */
  public synchronized boolean isReady(String id) {
    return states.get(id) instanceof ModelState.Ready;
  }

  /** Opens a model unless it is open, and tells the listener. */
  public void load(String id, ActionListener<Void> whoever) {
    ActionListener<Void> listener = inItsContext(whoever);
    synchronized (this) {
      switch (states.get(id)) {
        case ModelState.Ready ready -> {}
        case ModelState.Loading loading -> {
          loading.waiting().add(listener);
          return;
        }
        case null, default -> {
          open(id, new ArrayList<>(List.of(listener)));
          return;
        }
      }
    }
    listener.onResponse(null);
  }

  /**
   * Opens a model anew, for its files have changed. What is open stays in use until the new one is
   * there, and for good when it cannot be opened. Both take memory until then, and as long as
   * somebody still uses the old one; where there is none for both, the old one stays. Asked for
   * while one is being opened, it is opened once more after that, for its files may have been read
   * before they changed.
   */
  public synchronized void reload(String id, ActionListener<Void> whoever) {
    ActionListener<Void> listener = inItsContext(whoever);
    if (opening.contains(id)) {
      again.computeIfAbsent(id, name -> new ArrayList<>()).add(listener);
    } else {
      open(id, new ArrayList<>(List.of(listener)));
    }
  }

  /**
   * Takes a model out of memory as soon as nobody uses it. The next search that names it opens it
   * again.
   *
   * @throws ElasticsearchStatusException (409) while it is being opened
   */
  public void unload(String id) {
    ModelState before;
    synchronized (this) {
      if (opening.contains(id)) {
        throw new ElasticsearchStatusException(
            "model [" + id + "] is being opened; unload it when it is ready", RestStatus.CONFLICT);
      }
      before = states.remove(id);
    }
    if (before instanceof ModelState.Ready ready) {
      ready.model().decRef();
    }
  }

  /** Several wait for one opening, and each goes on as the user that he is. */
  private ActionListener<Void> inItsContext(ActionListener<Void> listener) {
    return ContextPreservingActionListener.wrapPreservingContext(listener, contexts);
  }

  private synchronized void open(String id, List<ActionListener<Void>> waiting) {
    ModelState before = states.get(id);
    try {
      folders.of(id);
    } catch (IllegalArgumentException e) {
      // Nothing is kept of a name that anybody may have made up.
      opening.remove(id);
      if (!(before instanceof ModelState.Ready)) {
        states.remove(id);
      }
      waiting.forEach(each -> each.onFailure(notUsable(id, e)));
      return;
    }
    opening.add(id);
    if (!(before instanceof ModelState.Ready)) {
      states.put(id, new ModelState.Loading(waiting));
    }
    loader.execute(() -> {
      ModelState after;
      try {
        after =
            new ModelState.Ready(
                natives.inScope(() -> LoadedModel.open(id, folders.of(id), schedule, memory)));
      } catch (IOException | RuntimeException e) {
        after = new ModelState.Failed(e);
      } catch (LinkageError | AssertionError e) {
        // Native libraries fail with these; the server would take them for the end of the node.
        after =
            new ModelState.Failed(
                new IllegalStateException("its native libraries cannot be loaded: " + e, e));
      }
      settle(id, after, waiting);
    });
  }

  private void settle(String id, ModelState after, List<ActionListener<Void>> waiting) {
    @Nullable LoadedModel replaced = null;
    @Nullable List<ActionListener<Void>> next;
    synchronized (this) {
      next = again.remove(id);
      if (next == null) {
        opening.remove(id);
      }
      if (after instanceof ModelState.Ready ready && closed) {
        replaced = ready.model();
        after = new ModelState.Failed(new IllegalStateException("the node is stopping"));
      } else {
        ModelState before = states.get(id);
        boolean keepsOld = before instanceof ModelState.Ready && after instanceof ModelState.Failed;
        if (before instanceof ModelState.Ready ready && !keepsOld) {
          replaced = ready.model();
        }
        if (!keepsOld) {
          states.put(id, after);
        }
      }
    }
    if (replaced != null) {
      replaced.decRef();
    }
    for (ActionListener<Void> each : waiting) {
      if (after instanceof ModelState.Failed failed) {
        each.onFailure(notUsable(id, failed.reason()));
      } else {
        each.onResponse(null);
      }
    }
    if (next != null) {
      open(id, next);
    }
  }

  /**
   * The present model of a name, held until {@link LoadedModel#decRef}.
   *
   * @throws ElasticsearchStatusException when it is not open
   */
  public synchronized LoadedModel acquire(String id) {
    ModelState state = states.get(id);
    if (state instanceof ModelState.Ready ready && ready.model().tryIncRef()) {
      return ready.model();
    }
    if (state instanceof ModelState.Failed failed) {
      throw notUsable(id, failed.reason());
    }
    try {
      folders.of(id);
    } catch (IllegalArgumentException e) {
      throw notUsable(id, e);
    }
    throw new ElasticsearchStatusException(
        "model [" + id + "] is not loaded on this node; send the request again",
        RestStatus.SERVICE_UNAVAILABLE);
  }

  /** What a model has done on this node; nothing is kept of a name that anybody made up. */
  public ModelStatistics statistics(String id) {
    if (!statistics.containsKey(id) && !folders.has(id)) {
      return new ModelStatistics();
    }
    return statistics.computeIfAbsent(id, name -> new ModelStatistics());
  }

  /** Every model that is there or was used, by name. */
  public List<ModelStatus> statuses() throws IOException {
    TreeSet<String> names = new TreeSet<>(folders.ids());
    synchronized (this) {
      names.addAll(states.keySet());
    }
    return names.stream().map(this::status).toList();
  }

  /** One model, there or not. */
  public synchronized ModelStatus status(String id) {
    ModelStatistics known = statistics.get(id);
    ModelStatistics.Snapshot numbers = (known == null ? new ModelStatistics() : known).snapshot();
    return switch (states.get(id)) {
      case ModelState.Ready ready ->
          new ModelStatus(
              id,
              "ready",
              null,
              ready.model().bundle().onnxSha256(),
              ready.model().bundle().maxLength(),
              ready.model().nativeBytes(),
              numbers);
      case ModelState.Loading loading -> new ModelStatus(id, "loading", null, null, 0, 0, numbers);
      case ModelState.Failed failed ->
          new ModelStatus(
              id, "failed", String.valueOf(failed.reason().getMessage()), null, 0, 0, numbers);
      case null ->
          new ModelStatus(id, folders.has(id) ? "available" : "missing", null, null, 0, 0, numbers);
    };
  }

  private static ElasticsearchStatusException notUsable(String id, Exception reason) {
    return new ElasticsearchStatusException(
        "model [" + id + "] cannot be used: " + reason.getMessage(),
        reason instanceof NativeMemoryException refused ? refused.status() : RestStatus.BAD_REQUEST,
        reason);
  }

  /** Frees every model as soon as nobody uses it. */
  @Override
  public void close() {
    List<LoadedModel> open = new ArrayList<>();
    synchronized (this) {
      closed = true;
      for (ModelState state : states.values()) {
        if (state instanceof ModelState.Ready ready) {
          open.add(ready.model());
        }
      }
      states.clear();
    }
    open.forEach(LoadedModel::decRef);
  }
}
