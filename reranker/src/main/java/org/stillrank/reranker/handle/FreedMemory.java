/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.handle;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * What native code has freed. glibc keeps much of it for later, so that a process in which models
 * take each other's place grows: by 390 MiB in ten minutes of {@code bench soak}.
 */
public final class FreedMemory {
  private static final @Nullable MethodHandle TRIM = CLibrary.find("malloc_trim", long.class);
  private static final long KEEP_NOTHING = 0;

  private FreedMemory() {}

  /** Whether it can be given back here: by glibc's {@code malloc_trim}. */
  public static boolean isSupported() {
    return TRIM != null;
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
