/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The nice value of the calling thread, by {@code getpriority} and {@code setpriority} of Linux's C
 * library.
 */
final class NiceValue {
  private static final int OF_A_THREAD = 0;
  private static final int THIS_ONE = 0;

  private static final @Nullable MethodHandle GET = find("getpriority", 2);
  private static final @Nullable MethodHandle SET = find("setpriority", 3);

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

  /** By reflection: java.lang.foreign is final since Java 22, and this code runs on 21 too. */
  private static @Nullable MethodHandle find(String name, int arguments) {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
    if (!linux || Runtime.version().feature() < 22) {
      return null;
    }
    try {
      Class<?> linkers = type("Linker");
      Class<?> layouts = type("MemoryLayout");
      Class<?> functions = type("FunctionDescriptor");
      Class<?> options = type("Linker$Option");
      Object linker = linkers.getMethod("nativeLinker").invoke(null);
      Object library = linkers.getMethod("defaultLookup").invoke(linker);
      Object found = type("SymbolLookup").getMethod("find", String.class).invoke(library, name);
      Object number = type("ValueLayout").getField("JAVA_INT").get(null);
      Object numbers = Array.newInstance(layouts, arguments);
      for (int i = 0; i < arguments; i++) {
        Array.set(numbers, i, number);
      }
      Object function =
          functions.getMethod("of", layouts, layouts.arrayType()).invoke(null, number, numbers);
      return (MethodHandle)
          linkers
              .getMethod("downcallHandle", type("MemorySegment"), functions, options.arrayType())
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
