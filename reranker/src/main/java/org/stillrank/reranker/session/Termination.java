/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.util.HashSet;
import java.util.Set;
import org.stillrank.reranker.handle.NativeHandle;

/**
 * Stops the runs that were started with it, from any thread: those in progress end within one
 * operator of the graph, later ones do not start.
 */
public final class Termination {
  private final Set<RunOptions> running = new HashSet<>();
  private boolean requested;

  /** Ends all runs. */
  public synchronized void terminate() {
    requested = true;
    running.forEach(Termination::flag);
  }

  /** Whether {@link #terminate} was called. */
  public synchronized boolean requested() {
    return requested;
  }

  /** Registers a run; the options are valid until the returned run is closed. */
  Run start(String holder) throws OrtException {
    RunOptions options = new RunOptions();
    NativeHandle handle = NativeHandle.scoped("run options", holder, options::close);
    Run run = new Run(options, handle);
    synchronized (this) {
      running.add(options);
      if (requested) {
        flag(options);
      }
    }
    return run;
  }

  private static void flag(RunOptions options) {
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new InferenceException("the runtime refused to terminate a run", e);
    }
  }

  /** One run in progress. */
  final class Run implements AutoCloseable {
    private final RunOptions options;
    private final NativeHandle handle;

    private Run(RunOptions options, NativeHandle handle) {
      this.options = options;
      this.handle = handle;
    }

    RunOptions options() {
      return options;
    }

    // Under the lock, so that no other thread sets the flag of options that are being freed.
    @Override
    public void close() {
      synchronized (Termination.this) {
        running.remove(options);
        handle.close();
      }
    }
  }
}
