/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code int setpriority(int which, id_t who, int prio)} of the C library. */
final class SetPriority {
  private static final int OF_A_THREAD = 0;
  private static final int THIS_ONE = 0;
  private static final @Nullable MethodHandle HANDLE = find();

  private SetPriority() {}

  static boolean isSupported() {
    return HANDLE != null;
  }

  /** Gives the calling thread a nice value; false when the system refuses. */
  static boolean ofThisThread(int niceness) {
    if (HANDLE == null) {
      return false;
    }
    try {
      return (int) HANDLE.invokeExact(OF_A_THREAD, THIS_ONE, niceness) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("setpriority cannot be called", e);
    }
  }

  /** By reflection: java.lang.foreign is final since Java 22, and this code runs on 21 too. */
  private static @Nullable MethodHandle find() {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
    if (!linux || Runtime.version().feature() < 22) {
      return null;
    }
    try {
      Class<?> linkers = type("Linker");
      Class<?> layouts = type("MemoryLayout");
      Class<?> options = type("Linker$Option");
      Object linker = linkers.getMethod("nativeLinker").invoke(null);
      Object library = linkers.getMethod("defaultLookup").invoke(linker);
      Object found =
          type("SymbolLookup").getMethod("find", String.class).invoke(library, "setpriority");
      Object number = type("ValueLayout").getField("JAVA_INT").get(null);
      Object arguments = Array.newInstance(layouts, 3);
      for (int i = 0; i < 3; i++) {
        Array.set(arguments, i, number);
      }
      Object function =
          type("FunctionDescriptor")
              .getMethod("of", layouts, layouts.arrayType())
              .invoke(null, number, arguments);
      return (MethodHandle)
          linkers
              .getMethod(
                  "downcallHandle",
                  type("MemorySegment"),
                  type("FunctionDescriptor"),
                  options.arrayType())
              .invoke(
                  linker,
                  ((Optional<?>) found).orElseThrow(),
                  function,
                  Array.newInstance(options, 0));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the C library cannot be called", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("java.lang.foreign is not as Java 22 has it", e);
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }
}
