/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * BERT's and ELECTRA's WordPiece from a {@code vocab.txt}, as transformers' {@code BertConverter}
 * and {@code BertTokenizerFast}.
 */
final class WordPieceConversion {
  private static final int LONGEST_WORD = 100; // in characters; longer ones are unknown, as in BERT

  private WordPieceConversion() {}

  static ObjectNode build(Path vocabularyFile, TokenizerConfig config) throws IOException {
    Map<String, Integer> vocabulary = VocabularyLines.read(vocabularyFile);
    AddedTokens added = new AddedTokens(vocabularyFile, vocabulary, config);
    PlacedToken unk = added.require("unk_token", AddedToken.special("[UNK]"));
    PlacedToken sep = added.require("sep_token", AddedToken.special("[SEP]"));
    added.require("pad_token", AddedToken.special("[PAD]"));
    PlacedToken cls = added.require("cls_token", AddedToken.special("[CLS]"));
    added.addMaskAndLater(AddedToken.special("[MASK]"));

    ObjectNode root = TokenizerJson.with(added);
    root.set("normalizer", normalizer(config));
    root.set("pre_tokenizer", TokenizerJson.typed("BertPreTokenizer"));
    root.set("post_processor", TokenizerJson.bertTemplate(cls, sep));
    root.set("decoder", TokenizerJson.typed("WordPiece").put("prefix", "##").put("cleanup", true));
    ObjectNode model = TokenizerJson.typed("WordPiece");
    model.put("unk_token", unk.content());
    model.put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", LONGEST_WORD);
    ObjectNode ids = model.putObject("vocab");
    vocabulary.forEach(ids::put);
    root.set("model", model);
    return root;
  }

  private static ObjectNode normalizer(TokenizerConfig config) {
    ObjectNode normalizer = TokenizerJson.typed("BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put(
        "handle_chinese_chars", config.flag("tokenize_chinese_chars").orElse(true).booleanValue());
    // Null is a third answer: accents go exactly when letters are lowered.
    Optional<Boolean> stripAccents = config.flag("strip_accents");
    normalizer.put("strip_accents", stripAccents.orElse(null));
    normalizer.put("lowercase", config.flag("do_lower_case").orElse(true).booleanValue());
    return normalizer;
  }
}
