/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.collection;

import org.jspecify.annotations.Nullable;
import org.stillrank.bench.lines.Line;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One JSON object of {@code corpus.jsonl} or {@code queries.jsonl}; other fields are passed by. */
record BeirLine(String id, String title, String text) {
  private static final JsonFactory JSON = new JsonFactory();

  static BeirLine parse(Line line) {
    String id = null;
    String title = null;
    String text = null;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line.text())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw line.refusal("is not a JSON object; expected {\"_id\": …, \"text\": …}");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        switch (field) {
          case "_id" -> id = identifier(json, value, line);
          case "title" -> title = words(field, json, value, line);
          case "text" -> text = words(field, json, value, line);
          default -> json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw line.refusal("goes on after its JSON object; write one object a line");
      }
    } catch (JacksonException e) {
      throw line.refusal("is not JSON: " + e.getOriginalMessage() + "; write one object a line");
    }
    return new BeirLine(
        required("_id", id, line), title == null ? "" : title, required("text", text, line));
  }

  private static String identifier(JsonParser json, JsonToken value, Line line) {
    if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NUMBER_INT) {
      throw line.refusal("has an [_id] that is neither text nor a whole number");
    }
    String id = json.getString();
    if (id.isEmpty() || id.chars().anyMatch(Character::isWhitespace)) {
      throw line.refusal(
          "has the [_id] [" + id + "]; run files need ids without spaces and not empty");
    }
    return id;
  }

  private static String words(String field, JsonParser json, JsonToken value, Line line) {
    return switch (value) {
      case VALUE_STRING -> json.getString();
      case VALUE_NULL -> "";
      default -> throw line.refusal("has a [" + field + "] that is not text");
    };
  }

  private static String required(String field, @Nullable String value, Line line) {
    if (value == null) {
      throw line.refusal("lacks the field [" + field + "]");
    }
    return value;
  }
}
