/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import ai.onnxruntime.OrtEnvironment;
import org.stillrank.reranker.handle.FreedMemory;

/**
 * The process's one ONNX Runtime environment, started safely. Everything in Stillrank gets it here.
 *
 * <p>ONNX Runtime 1.29 matches the process's command line against a regular expression when it
 * starts, with C++'s recursive matcher: some 4,000 characters, an ordinary class path, overflow the
 * stack of a Java thread and kill the process without a message. So it is started on a thread whose
 * stack is large enough for any command line in use; the memory is reserved, not touched.
 */
public final class RuntimeEnvironment {
  private static final long STACK_BYTES = 512L << 20;

  private RuntimeEnvironment() {}

  /** The environment, started on the first call. */
  public static OrtEnvironment get() {
    return Holder.ENVIRONMENT;
  }

  private static final class Holder {
    static final OrtEnvironment ENVIRONMENT = start();

    private static OrtEnvironment start() {
      FreedMemory.limitKept();
      StartingThread.runToItsEnd(
          new Thread(null, OrtEnvironment::getEnvironment, "onnxruntime-start", STACK_BYTES));
      return OrtEnvironment.getEnvironment();
    }
  }
}
