/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.handle;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * What native code has freed. glibc keeps much of it for later, so that a process in which models
 * take each other's place grows: by 390 MiB in ten minutes of {@code bench soak}. Its limits are
 * those of mallopt(3).
 */
public final class FreedMemory {
  private static final @Nullable MethodHandle TRIM = CLibrary.find("malloc_trim", long.class);
  private static final long KEEP_NOTHING = 0;

  private static final @Nullable MethodHandle LIMIT =
      CLibrary.find("mallopt", int.class, int.class);
  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_MMAP_THRESHOLD = -3;
  private static final int KEPT_AT_AN_END = 8 << 20;
  private static final int ALONE_FROM = 4 << 20;
  private static final int SET = 1;

  private FreedMemory() {}

  /** Whether it can be given back here: by glibc's {@code malloc_trim}. */
  public static boolean isSupported() {
    return TRIM != null;
  }

  /**
   * Keeps glibc from keeping ever more: a piece of 4 MiB or more goes back when it is freed, and so
   * does what is free at an arena's end beyond 8 MiB. Left alone, glibc raises both limits for the
   * whole process, to 32 and 64 MiB, once a piece as large as a model's weights is freed, and
   * {@link #giveBack} does not reach the ends of most arenas.
   */
  public static void limitKept() {
    if (LIMIT == null) {
      return;
    }
    boolean set;
    try {
      set =
          (int) LIMIT.invokeExact(M_TRIM_THRESHOLD, KEPT_AT_AN_END) == SET
              && (int) LIMIT.invokeExact(M_MMAP_THRESHOLD, ALONE_FROM) == SET;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
    if (!set) {
      throw new IllegalStateException("the C library refused its own limits");
    }
  }

  /** Gives it back to the system, where that can be done. */
  public static void giveBack() {
    if (TRIM == null) {
      return;
    }
    try {
      int released = (int) TRIM.invokeExact(KEEP_NOTHING);
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }
}
