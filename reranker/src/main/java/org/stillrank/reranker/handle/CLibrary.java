/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.handle;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions of Linux's C library. By reflection: java.lang.foreign is final since Java 22, and this
 * code runs on 21 too.
 */
public final class CLibrary {
  private CLibrary() {}

  /**
   * A function that takes and returns numbers.
   *
   * @param arguments {@code int}, or {@code long}, as which an {@link #address} goes too; it
   *     returns an {@code int}
   * @return null where there is none: on other systems, on Java 21, in another C library
   */
  public static @Nullable MethodHandle find(String name, Class<?>... arguments) {
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
      Optional<?> found =
          (Optional<?>) type("SymbolLookup").getMethod("find", String.class).invoke(library, name);
      if (found.isEmpty()) {
        return null;
      }
      Object numbers = Array.newInstance(layouts, arguments.length);
      for (int i = 0; i < arguments.length; i++) {
        Array.set(numbers, i, layout(arguments[i]));
      }
      Object function =
          functions
              .getMethod("of", layouts, layouts.arrayType())
              .invoke(null, layout(int.class), numbers);
      return (MethodHandle)
          linkers
              .getMethod("downcallHandle", type("MemorySegment"), functions, options.arrayType())
              .invoke(linker, found.get(), function, Array.newInstance(options, 0));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the C library cannot be called", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("java.lang.foreign is not as Java 22 has it", e);
    }
  }

  /**
   * Where a direct buffer begins, for functions of {@link #find}; the caller keeps it reachable.
   */
  public static long address(ByteBuffer direct) {
    try {
      Class<?> segments = type("MemorySegment");
      Object segment = segments.getMethod("ofBuffer", Buffer.class).invoke(null, direct);
      return (long) segments.getMethod("address").invoke(segment);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the buffer has no address", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("java.lang.foreign is not as Java 22 has it", e);
    }
  }

  private static Object layout(Class<?> number) throws ReflectiveOperationException {
    return type("ValueLayout").getField(number == long.class ? "JAVA_LONG" : "JAVA_INT").get(null);
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }
}
