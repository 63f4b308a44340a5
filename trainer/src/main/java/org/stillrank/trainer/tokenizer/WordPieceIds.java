/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a WordPiece {@code tokenizer.json} says which token has which id. */
final class WordPieceIds {
  private static final String ID = "id";

  private WordPieceIds() {}

  /**
   * Whether every place of an id in the file is known here, and words are split as BERT's are: at
   * signs, whatever stands beside them.
   */
  static boolean understands(JsonNode root) {
    String post = root.at("/post_processor/type").asString("");
    return root.at("/model/type").asString("").equals("WordPiece")
        && root.at("/model/continuing_subword_prefix").asString("").equals("##")
        && root.at("/pre_tokenizer/type").asString("").equals("BertPreTokenizer")
        && (post.equals("TemplateProcessing") || post.equals("BertProcessing"));
  }

  /** Tokens by id, added ones too. */
  static Map<Integer, String> of(JsonNode root) {
    Map<Integer, String> tokens = new TreeMap<>();
    root.at("/model/vocab")
        .properties()
        .forEach(each -> tokens.put(each.getValue().asInt(), each.getKey()));
    root.path("added_tokens")
        .forEach(each -> tokens.put(each.path(ID).asInt(), each.path("content").asString()));
    return tokens;
  }

  /** Ids of tokens that stand beside the vocabulary: special ones, and what users added. */
  static Set<Integer> added(JsonNode root) {
    Set<Integer> ids = new TreeSet<>();
    root.path("added_tokens").forEach(each -> ids.add(each.path(ID).asInt()));
    return ids;
  }

  /** Leaves out all ids but these, and counts these anew from 0. */
  static void keep(ObjectNode root, BitSet kept) {
    ObjectNode model = (ObjectNode) root.path("model");
    JsonNode before = model.path("vocab");
    ObjectNode vocabulary = model.putObject("vocab");
    before
        .properties()
        .forEach(each -> {
          int id = each.getValue().asInt();
          if (kept.get(id)) {
            vocabulary.put(each.getKey(), place(kept, id));
          }
        });
    for (JsonNode each : root.path("added_tokens")) {
      ((ObjectNode) each).put(ID, place(kept, each.path(ID).asInt()));
    }
    JsonNode post = root.path("post_processor");
    for (JsonNode special : post.path("special_tokens")) {
      ArrayNode ids = (ArrayNode) special.path("ids");
      for (int i = 0; i < ids.size(); i++) {
        ids.set(i, place(kept, ids.path(i).asInt()));
      }
    }
    if (root.path("padding") instanceof ObjectNode padding) {
      padding.put("pad_id", place(kept, padding.path("pad_id").asInt()));
    }
    for (String end : new String[] {"sep", "cls"}) {
      if (post.path(end) instanceof ArrayNode token) {
        token.set(1, place(kept, token.path(1).asInt()));
      }
    }
  }

  private static int place(BitSet kept, int id) {
    return kept.get(0, id).cardinality();
  }
}
