/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a {@code tokenizer.json} that conversions have in common. */
final class TokenizerJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private TokenizerJson() {}

  /** A file without truncation or padding, with these added tokens and an empty normaliser. */
  static ObjectNode with(AddedTokens added) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    added.write(root.putArray("added_tokens"));
    root.putNull("normalizer");
    return root;
  }

  static ObjectNode typed(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  /**
   * {@code [CLS] A [SEP]} and {@code [CLS] A [SEP] B [SEP]}, B and what follows it in segment 1.
   */
  static ObjectNode bertTemplate(PlacedToken cls, PlacedToken sep) {
    ObjectNode template = typed("TemplateProcessing");
    ArrayNode single = template.putArray("single");
    firstSequence(single, cls, sep);
    ArrayNode pair = template.putArray("pair");
    firstSequence(pair, cls, sep);
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    pair.addObject().putObject("SpecialToken").put("id", sep.content()).put("type_id", 1);
    ObjectNode specials = template.putObject("special_tokens");
    special(specials, cls);
    special(specials, sep);
    return template;
  }

  private static void firstSequence(ArrayNode target, PlacedToken cls, PlacedToken sep) {
    target.addObject().putObject("SpecialToken").put("id", cls.content()).put("type_id", 0);
    target.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    target.addObject().putObject("SpecialToken").put("id", sep.content()).put("type_id", 0);
  }

  private static void special(ObjectNode target, PlacedToken token) {
    ObjectNode special = target.putObject(token.content()).put("id", token.content());
    special.putArray("ids").add(token.id());
    special.putArray("tokens").add(token.content());
  }
}
