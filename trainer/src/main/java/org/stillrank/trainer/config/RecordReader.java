/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a tree into a record without guessing: unknown keys, missing values and other types than
 * the component's are refused, each with its path such as {@code sources[0].split}. Where a sealed
 * interface stands, the mapping is one of its records. Jackson's own binding coerces, and its
 * messages speak of Java types.
 */
final class RecordReader {

  Object read(JsonNode tree, Class<? extends Record> type) {
    return record(tree, List.of(type), "");
  }

  /** Of the forms that a mapping may have, the one that knows most of its keys. */
  private Object record(JsonNode node, List<Class<?>> forms, String path) {
    String valid =
        forms.stream().map(form -> keys(form).toString()).collect(Collectors.joining(" or "));
    if (!node.isObject()) {
      throw wrong(path, node, "a mapping with keys " + valid);
    }
    Class<?> type = Collections.max(forms, Comparator.comparingLong(form -> knownKeys(node, form)));
    Set<String> known = Set.copyOf(keys(type));
    for (String key : node.propertyNames()) {
      if (!known.contains(key)) {
        throw new InvalidInputException(
            "unknown key [" + below(path, key) + "]; valid keys here are " + valid);
      }
    }
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(node, components[i], path);
    }
    return construct(type, components, values, path);
  }

  private @Nullable Object component(JsonNode node, RecordComponent component, String path) {
    String key = key(component.getName());
    JsonNode value = node.get(key);
    if (value != null && !value.isNull()) {
      return value(value, component.getGenericType(), below(path, key));
    }
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    throw new InvalidInputException("[" + below(path, key) + "] is missing; add it");
  }

  private Object value(JsonNode node, Type type, String path) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return list(node, list.getActualTypeArguments()[0], path);
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalStateException("no way to read " + type);
    }
    if (plain.isRecord()) {
      return record(node, List.of(plain), path);
    }
    if (plain.isEnum()) {
      return constant(node, plain, path);
    }
    if (plain.isSealed()) {
      return record(node, List.of(plain.getPermittedSubclasses()), path);
    }
    return scalar(node, plain, path);
  }

  private List<Object> list(JsonNode node, Type element, String path) {
    if (!node.isArray()) {
      throw wrong(path, node, "a list");
    }
    List<Object> values = new ArrayList<>();
    for (JsonNode each : node) {
      values.add(value(each, element, path + "[" + values.size() + "]"));
    }
    return values;
  }

  private static Object constant(JsonNode node, Class<?> type, String path) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(RecordReader::spelled).toList();
    int index = node.isString() ? names.indexOf(node.stringValue()) : -1;
    if (index < 0) {
      throw wrong(path, node, "one of " + names);
    }
    return type.getEnumConstants()[index];
  }

  private static Object scalar(JsonNode node, Class<?> type, String path) {
    if (type == String.class && node.isString()) {
      return node.stringValue();
    }
    if ((type == int.class || type == Integer.class) && node.isInt()) {
      return node.intValue();
    }
    if ((type == long.class || type == Long.class)
        && node.isIntegralNumber()
        && node.canConvertToLong()) {
      return node.longValue();
    }
    if ((type == double.class || type == Double.class) && node.isNumber()) {
      return node.doubleValue();
    }
    throw wrong(
        path,
        node,
        type == String.class ? "a text" : type == double.class ? "a number" : expected(type));
  }

  private static String expected(Class<?> type) {
    return type == Double.class ? "a number" : "a whole number";
  }

  private static Object construct(
      Class<?> type, RecordComponent[] components, @Nullable Object[] values, String path) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InvalidInputException cause) {
        throw new InvalidInputException(
            (path.isEmpty() ? "" : path + ": ") + cause.getMessage(), cause);
      }
      throw new IllegalStateException("constructor of " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("constructor of " + type, e);
    }
  }

  private static InvalidInputException wrong(String path, JsonNode node, String expected) {
    String name = path.isEmpty() ? "the file" : "[" + path + "]";
    return new InvalidInputException(name + " is [" + node + "], not " + expected);
  }

  private static long knownKeys(JsonNode node, Class<?> form) {
    return keys(form).stream().filter(node::has).count();
  }

  private static List<String> keys(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> key(component.getName()))
        .collect(Collectors.toList());
  }

  private static String below(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String key(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String spelled(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
