/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.Releasables;
import org.elasticsearch.indices.breaker.BreakerSettings;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.handle.NativeHandle;

/**
 * The native memory that the models of one node may take together. It is set aside before a model
 * is loaded and given back when the last user has freed it, and shows in a circuit breaker of the
 * server ({@code _nodes/stats/breaker}).
 *
 * <p>The limit is kept here rather than left to the breaker: a breaker adds its bytes to those of
 * its parent, which guards the heap, and a model takes none of that. So its overhead is 0, with
 * which it counts and never breaks by itself. The server's settings {@code breaker.stillrank.*}
 * change what the breaker shows, and not what models may take.
 */
public final class NativeMemory {
  /** The setting of how much it is. */
  public static final String LIMIT = "stillrank.native_memory.limit";

  /** What the breaker is called. */
  public static final String BREAKER = "stillrank";

  /** A limit that nothing exceeds. */
  public static final long UNLIMITED = -1;

  private static final double OUTSIDE_THE_HEAP = 0;

  /** A native session, shared by models with the same file. */
  private static final class Session {
    private final List<String> models = new ArrayList<>();
    private long bytes;
  }

  private final CircuitBreaker breaker;
  private final Map<String, Session> sessions = new HashMap<>();
  private long limit;
  private long used;
  private long refused;

  /**
   * @param breaker made by {@link #breaker}
   * @param limit in bytes, or {@link #UNLIMITED}
   */
  public NativeMemory(CircuitBreaker breaker, long limit) {
    this.breaker = breaker;
    this.limit = limit;
  }

  /** The breaker that the server is asked for. */
  public static BreakerSettings breaker(long limit) {
    return new BreakerSettings(BREAKER, limit, OUTSIDE_THE_HEAP);
  }

  /** Another limit from now on; models in memory stay. */
  public synchronized void limit(long changed) {
    limit = changed;
    breaker.setLimitAndOverhead(changed, OUTSIDE_THE_HEAP);
  }

  /**
   * Sets memory aside for a model. One with the same file as another that is in memory (such as a
   * model opened anew whose file has not changed) takes its session once.
   *
   * @param model its id, for messages
   * @param file what tells its file from others
   * @return gives it back
   * @throws NativeMemoryException when it does not fit; then nothing has changed
   */
  public synchronized Releasable reserve(String model, String file, MemoryNeed need) {
    Session open = sessions.get(file);
    long more = need.tokenizer() + Math.max(0, need.session() - (open == null ? 0 : open.bytes));
    if (limit != UNLIMITED && used + more > limit) {
      refused++;
      throw refusal(model, more);
    }
    Session session = open == null ? new Session() : open;
    session.bytes = Math.max(session.bytes, need.session());
    session.models.add(model);
    sessions.put(file, session);
    add(more);
    return Releasables.releaseOnce(() -> giveBack(model, file, need.tokenizer()));
  }

  private synchronized void giveBack(String model, String file, long tokenizer) {
    add(-tokenizer);
    Session session = sessions.get(file);
    if (session != null) {
      session.models.remove(model);
      if (session.models.isEmpty()) {
        sessions.remove(file);
        add(-session.bytes);
      }
    }
  }

  private void add(long bytes) {
    used += bytes;
    breaker.addWithoutBreaking(bytes);
  }

  private NativeMemoryException refusal(String model, long more) {
    List<String> inMemory =
        sessions.values().stream().flatMap(each -> each.models.stream()).sorted().toList();
    return new NativeMemoryException(
        "it needs up to ["
            + ByteSizeValue.ofBytes(more)
            + "] of native memory, and of the ["
            + ByteSizeValue.ofBytes(limit)
            + "] of this node that ["
            + LIMIT
            + "] allows, models "
            + inMemory
            + " have ["
            + ByteSizeValue.ofBytes(used)
            + "]; raise ["
            + LIMIT
            + "], unload a model (POST /_stillrank/models/ID/_unload), or have fewer"
            + " [stillrank.model.workers]",
        tripped(model, used + more));
  }

  /** So that the server counts it too. */
  private @Nullable CircuitBreakingException tripped(String model, long bytes) {
    try {
      breaker.circuitBreak("model [" + model + "]", bytes);
      return null;
    } catch (CircuitBreakingException e) {
      return e;
    }
  }

  /** The numbers of this moment. */
  public synchronized NativeMemoryStatistics statistics() {
    return new NativeMemoryStatistics(limit, used, refused, NativeHandle.openByKind());
  }
}
