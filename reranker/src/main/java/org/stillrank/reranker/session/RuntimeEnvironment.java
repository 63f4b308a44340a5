/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import ai.onnxruntime.OrtEnvironment;
import java.util.function.Supplier;
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

  /**
   * The environment, started on the first call.
   *
   * @throws LinkageError when it cannot be; on every call, with what the first start failed with
   */
  public static OrtEnvironment get() {
    return Holder.STARTED.get();
  }

  private static final class Holder {
    static final Supplier<OrtEnvironment> STARTED = start();

    // Thrown while this class initialises, a failure would be told once: the next caller would
    // hear that there is no such class.
    private static Supplier<OrtEnvironment> start() {
      try {
        FreedMemory.limitKept();
        OrtEnvironment environment =
            StartingThread.run(
                Thread.ofPlatform().name("onnxruntime-start").stackSize(STACK_BYTES),
                OrtEnvironment::getEnvironment);
        return () -> environment;
      } catch (RuntimeException | Error e) {
        String message =
            "ONNX Runtime cannot be started ("
                + deepest(e)
                + "); give it libraries that fit this system, in a folder from which they may be"
                + " loaded, and start the process again";
        return () -> {
          throw new LinkageError(message, e);
        };
      }
    }

    private static Throwable deepest(Throwable failure) {
      Throwable cause = failure.getCause();
      return cause == null ? failure : deepest(cause);
    }
  }
}
