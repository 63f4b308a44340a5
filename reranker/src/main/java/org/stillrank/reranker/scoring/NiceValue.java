/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.handle.CLibrary;

/**
 * The nice value of the calling thread, by {@code getpriority} and {@code setpriority} of Linux's C
 * library.
 */
final class NiceValue {
  private static final int OF_A_THREAD = 0;
  private static final int THIS_ONE = 0;

  private static final @Nullable MethodHandle GET =
      CLibrary.find("getpriority", int.class, int.class);
  private static final @Nullable MethodHandle SET =
      CLibrary.find("setpriority", int.class, int.class, int.class);

  private NiceValue() {}

  static boolean isSupported() {
    return GET != null && SET != null;
  }

  /**
   * Raises it, for only the privileged may lower it; one that is higher stays.
   *
   * @return false when that cannot be done
   */
  static boolean atLeast(int value) {
    if (GET == null || SET == null) {
      return false;
    }
    try {
      return (int) GET.invokeExact(OF_A_THREAD, THIS_ONE) >= value
          || (int) SET.invokeExact(OF_A_THREAD, THIS_ONE, value) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }
}
