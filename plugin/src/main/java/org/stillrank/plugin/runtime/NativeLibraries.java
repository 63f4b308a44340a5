/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The native code of ONNX Runtime and of the tokenizers, loaded from the plugin's own folder:
 * nothing is extracted to the temporary folder, which may be mounted without execution.
 */
public final class NativeLibraries {
  private final ClassLoader loader = NativeLibraries.class.getClassLoader();

  private NativeLibraries() {}

  /**
   * Tells both libraries where their files are. A folder without them (tests run without the zip)
   * leaves them to extract their own.
   *
   * @throws IllegalStateException when the entitlement policy does not let the plugin say so
   */
  public static NativeLibraries in(Path pluginFolder) {
    set("ai.djl.offline", "true");
    set("OPT_OUT_TRACKING", "true");
    Path tokenizers = pluginFolder.resolve(System.mapLibraryName("tokenizers"));
    if (Files.isRegularFile(tokenizers)) {
      set("onnxruntime.native.path", pluginFolder.toString());
      set("RUST_LIBRARY_PATH", tokenizers.toString());
    }
    return new NativeLibraries();
  }

  private static void set(String property, String value) {
    System.setProperty(property, value);
    // Without the entitlement the call is silently ignored.
    if (!value.equals(System.getProperty(property))) {
      throw new IllegalStateException(
          "the system property ["
              + property
              + "] cannot be set; entitlement-policy.yaml of the plugin must list it under"
              + " write_system_properties");
    }
  }

  /** Work that may load them for the first time. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /** Runs work with the plugin's class loader in place, through which the tokenizers look. */
  public <T> T inScope(Work<T> work) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
