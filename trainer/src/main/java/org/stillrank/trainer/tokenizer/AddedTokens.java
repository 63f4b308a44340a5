/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.node.ArrayNode;

/**
 * The added tokens of a tokenizer with their ids. An id is always the vocabulary's; a token that
 * the vocabulary lacks takes the next id after it, as DeBERTa's {@code [MASK]} does.
 */
final class AddedTokens {
  private final Path vocabularyFile;
  private final TokenizerConfig config;
  private final Map<String, Integer> ids;
  private final SortedMap<Integer, AddedToken> tokens = new TreeMap<>();

  /** Those that the configuration lists with all they are: they say more than a family's own. */
  AddedTokens(Path vocabularyFile, Map<String, Integer> vocabulary, TokenizerConfig config) {
    this.vocabularyFile = vocabularyFile;
    this.config = config;
    this.ids = new HashMap<>(vocabulary);
    addListed("tokenizer_config.json", config.decoderTokens());
  }

  /** Adds the token of a role, without which no text can be encoded. */
  PlacedToken require(String role, AddedToken familys) {
    AddedToken token = config.token(role, familys);
    Integer id = ids.get(token.content());
    if (id == null) {
      throw new InvalidInputException(
          "["
              + vocabularyFile
              + "] lacks the token ["
              + token.content()
              + "] ("
              + role
              + "); copy the file again, or name the vocabulary's own token as "
              + role
              + " in tokenizer_config.json");
    }
    tokens.putIfAbsent(id, token);
    return new PlacedToken(token.content(), id);
  }

  /**
   * Adds the token that hides words in pretraining, and last what {@code added_tokens.json} has.
   */
  void addMaskAndLater(AddedToken familys) {
    add(config.token("mask_token", familys));
    addListed("added_tokens.json", config.laterTokens());
  }

  /** Adds a token, after the vocabulary where it is not in it. The first of equals is kept. */
  void add(AddedToken token) {
    tokens.putIfAbsent(ids.computeIfAbsent(token.content(), absent -> ids.size()), token);
  }

  /** Adds tokens of a configuration, and makes sure that their ids are the same here. */
  private void addListed(String listedIn, SortedMap<Integer, AddedToken> listed) {
    listed.forEach((id, token) -> {
      int here = ids.getOrDefault(token.content(), ids.size());
      if (here != id) {
        throw new InvalidInputException(
            "["
                + config.file().resolveSibling(listedIn)
                + "] gives the token ["
                + token.content()
                + "] the id ["
                + id
                + "], by ["
                + vocabularyFile
                + "] it is ["
                + here
                + "]; copy the files of one model");
      }
      add(token);
    });
  }

  void write(ArrayNode target) {
    tokens.forEach((id, token) -> token.write(target.addObject(), id));
  }
}
