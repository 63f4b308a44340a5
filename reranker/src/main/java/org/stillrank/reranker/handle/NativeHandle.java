/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.handle;

import java.lang.ref.Cleaner;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One native resource that must be given back: a session, a tokenizer, a tensor.
 *
 * <p>Every native resource of this module is wrapped in one, so that what is open can be counted
 * ({@link #open}) and a leak can be named. Closing twice is harmless.
 */
public final class NativeHandle implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NativeHandle.class.getName());
  private static final Set<NativeHandle> OPEN = ConcurrentHashMap.newKeySet();
  private static final Cleaner LEAKS = Cleaner.create();

  private final String kind;
  private final String holder;
  private final Runnable free;
  private final AtomicBoolean closed = new AtomicBoolean();
  private Cleaner.@Nullable Cleanable watch;

  private NativeHandle(String kind, String holder, Runnable free) {
    this.kind = kind;
    this.holder = holder;
    this.free = free;
  }

  /** A resource that is closed in the block that opened it. */
  public static NativeHandle scoped(String kind, String holder, Runnable free) {
    NativeHandle handle = new NativeHandle(kind, holder, free);
    OPEN.add(handle);
    return handle;
  }

  /**
   * A resource that lives as long as its owner. When the owner becomes unreachable without having
   * closed it, the leak is logged with its holder and the resource is freed.
   *
   * @param free must not refer to the owner, or the owner never becomes unreachable
   */
  public static NativeHandle ownedBy(Object owner, String kind, String holder, Runnable free) {
    NativeHandle handle = scoped(kind, holder, free);
    handle.watch = LEAKS.register(owner, handle::closeLeaked);
    return handle;
  }

  /** What is open now, one line each: the kind and its holder. */
  public static List<String> open() {
    return OPEN.stream().map(NativeHandle::toString).sorted(Comparator.naturalOrder()).toList();
  }

  /** How many are open now, by their kind. */
  public static SortedMap<String, Integer> openByKind() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    OPEN.forEach(each -> counts.merge(each.kind, 1, Integer::sum));
    return counts;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      OPEN.remove(this);
      free.run();
      Cleaner.Cleanable registered = watch;
      if (registered != null) {
        registered.clean();
      }
    }
  }

  private void closeLeaked() {
    if (!closed.get()) {
      LOG.log(System.Logger.Level.WARNING, "{0} was never closed; freed now", this);
      close();
    }
  }

  @Override
  public String toString() {
    return kind + " of [" + holder + "]";
  }
}
