/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.input.InvalidInputException;

/** The sessions of this process: one for each model content and settings, counted by its users. */
final class SharedSessions {
  private static final ConcurrentHashMap<Key, Shared> OPEN = new ConcurrentHashMap<>();

  private SharedSessions() {}

  record Key(String sha256, SessionSettings settings) {}

  private record Shared(OrtSession session, NativeHandle handle, int users) {}

  static OrtSession acquire(Key key, Path onnxFile) {
    return OPEN.compute(
            key,
            (same, open) ->
                open == null
                    ? create(key, onnxFile)
                    : new Shared(open.session, open.handle, open.users + 1))
        .session;
  }

  static void release(Key key) {
    OPEN.computeIfPresent(
        key,
        (same, open) -> {
          if (open.users > 1) {
            return new Shared(open.session, open.handle, open.users - 1);
          }
          open.handle.close();
          return null;
        });
  }

  private static Shared create(Key key, Path onnxFile) {
    OrtEnvironment environment = RuntimeEnvironment.get();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Without an arena the larger buffers go back to the system after every operation and come
      // as new pages for the next: a seventh of the time at 512 tokens. Batches have a token
      // budget, so what it keeps is bounded. Small batches come in few shapes, so their patterns
      // of memory are worth keeping too: some per cent.
      options.setCPUArenaAllocator(true);
      options.setMemoryPatternOptimization(true);
      options.setIntraOpNumThreads(key.settings.threads());
      options.setInterOpNumThreads(1);
      // Its errors come back as exceptions; printed too, they would be told twice.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      // Idle threads sleep: they would otherwise burn the cores of whoever shares the machine.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(onnxFile.toString(), options);
      return new Shared(
          session,
          NativeHandle.scoped("session", onnxFile.toString(), () -> close(session, onnxFile)),
          1);
    } catch (OrtException e) {
      throw new InvalidInputException(
          "["
              + onnxFile
              + "] is not a model the runtime can load ("
              + e.getMessage()
              + "); copy it again or export it again",
          e);
    }
  }

  private static void close(OrtSession session, Path onnxFile) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new InferenceException("the session of [" + onnxFile + "] cannot be closed", e);
    }
  }
}
