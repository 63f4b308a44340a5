/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.JsonNode;

/**
 * What {@code tokenizer_config.json} says, with the older {@code special_tokens_map.json} and
 * {@code added_tokens.json} beside it; all three may be absent.
 */
record TokenizerConfig(Path file, JsonNode root, JsonNode specialTokens, JsonNode addedTokens) {

  static TokenizerConfig read(Path folder) throws IOException {
    Path file = folder.resolve("tokenizer_config.json");
    return new TokenizerConfig(
        file,
        JsonFile.readIfThere(file),
        JsonFile.readIfThere(folder.resolve("special_tokens_map.json")),
        JsonFile.readIfThere(folder.resolve("added_tokens.json")));
  }

  Optional<String> text(String field) {
    JsonNode node = root.path(field);
    return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
  }

  /** True or false; empty when the field is absent or null. */
  Optional<Boolean> flag(String field) {
    JsonNode node = root.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isBoolean()) {
      throw new InvalidInputException(
          "[" + file + "] has " + field + " [" + node + "]; it must be true or false");
    }
    return Optional.of(node.booleanValue());
  }

  /** The token of a role such as {@code cls_token}; the family's own where none is configured. */
  AddedToken token(String role, AddedToken familys) {
    JsonNode configured = root.path(role);
    JsonNode node = configured.isMissingNode() ? specialTokens.path(role) : configured;
    if (node.isMissingNode() || node.isNull()) {
      return familys;
    }
    if (node.isString()) {
      return familys.withContent(node.stringValue());
    }
    if (!node.path("content").isString()) {
      throw new InvalidInputException(
          "["
              + file
              + "] has "
              + role
              + " ["
              + node
              + "]; it must be a text or an object with the text in its field content");
    }
    return AddedToken.read(node, familys).asSpecial();
  }

  /** The tokens of {@code added_tokens_decoder}, by id; they say how each is found in a text. */
  SortedMap<Integer, AddedToken> decoderTokens() {
    SortedMap<Integer, AddedToken> tokens = new TreeMap<>();
    for (var entry : root.path("added_tokens_decoder").properties()) {
      JsonNode node = entry.getValue();
      if (!entry.getKey().matches("\\d{1,9}") || !node.path("content").isString()) {
        throw new InvalidInputException(
            "["
                + file
                + "] has in added_tokens_decoder ["
                + entry.getKey()
                + ": "
                + node
                + "]; it must be an id with an object whose field content is the token");
      }
      AddedToken token = AddedToken.read(node, AddedToken.plain(""));
      tokens.put(Integer.parseInt(entry.getKey()), token);
    }
    return tokens;
  }

  /** The tokens of {@code added_tokens.json}, by id. */
  SortedMap<Integer, AddedToken> laterTokens() {
    SortedMap<Integer, AddedToken> tokens = new TreeMap<>();
    for (var entry : addedTokens.properties()) {
      if (!entry.getValue().isInt()) {
        throw new InvalidInputException(
            "["
                + file.resolveSibling("added_tokens.json")
                + "] gives the token ["
                + entry.getKey()
                + "] the id ["
                + entry.getValue()
                + "]; it must be a whole number");
      }
      tokens.put(entry.getValue().intValue(), AddedToken.plain(entry.getKey()));
    }
    return tokens;
  }
}
