/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.handle.CLibrary;

/**
 * On which processors the calling thread may run, by {@code sched_getaffinity} and {@code
 * sched_setaffinity} of Linux's C library.
 */
final class ProcessorAffinity {
  private static final int THIS_THREAD = 0;

  /** glibc's {@code cpu_set_t}: 1,024 processors, whose order is that of bits on little-endian. */
  private static final int BYTES_OF_SET = 128;

  private static final @Nullable MethodHandle GET = find("sched_getaffinity");
  private static final @Nullable MethodHandle SET = find("sched_setaffinity");

  private ProcessorAffinity() {}

  private static @Nullable MethodHandle find(String name) {
    return CLibrary.find(name, int.class, long.class, long.class);
  }

  /** Numbers of the processors; empty where the system does not tell. */
  static BitSet allowed() {
    ByteBuffer set = ByteBuffer.allocateDirect(BYTES_OF_SET);
    return call(GET, set) ? BitSet.valueOf(set) : new BitSet();
  }

  /**
   * Keeps the thread on one of them.
   *
   * @return false when that cannot be done
   */
  static boolean stayOn(int processor) {
    BitSet one = new BitSet();
    one.set(processor);
    ByteBuffer set = ByteBuffer.allocateDirect(BYTES_OF_SET).put(one.toByteArray()).rewind();
    return call(SET, set);
  }

  private static boolean call(@Nullable MethodHandle function, ByteBuffer set) {
    if (function == null) {
      return false;
    }
    try {
      return (int) function.invokeExact(THIS_THREAD, (long) BYTES_OF_SET, CLibrary.address(set))
          == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    } finally {
      Reference.reachabilityFence(set);
    }
  }
}
