/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.stillrank.trainer.sentencepiece.ModelProto;
import org.stillrank.trainer.sentencepiece.ModelProto.SentencePiece;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * DeBERTa-v2's and v3's Unigram from a SentencePiece model, as {@code DebertaV2Converter} of
 * transformers 4: text is stripped and normalised by the model's own character map, and {@code
 * [MASK]} follows the pieces. (Transformers 5 leaves the character map out, and with it the ids
 * that the published weights were trained on.) What no piece covers is the unknown token; {@code
 * byte_fallback} is not taken over, there as here.
 */
final class UnigramConversion {
  private static final String WORD_START = "\u2581"; // SentencePiece's own mark

  private UnigramConversion() {}

  static ObjectNode build(Path modelFile, TokenizerConfig config) throws IOException {
    SentencePieceFile model = SentencePieceFile.read(modelFile);
    AddedTokens added = new AddedTokens(modelFile, model.ids(), config);
    for (SentencePiece piece : model.content().getPiecesList()) {
      switch (piece.getType()) {
        case CONTROL -> added.add(AddedToken.special(piece.getPiece()));
        case USER_DEFINED -> added.add(AddedToken.userDefined(piece.getPiece()));
        case NORMAL, UNKNOWN, UNUSED, BYTE -> {}
      }
    }
    added.require("bos_token", AddedToken.special("[CLS]"));
    added.require("eos_token", AddedToken.special("[SEP]"));
    added.require("unk_token", AddedToken.normalizedSpecial("[UNK]"));
    PlacedToken sep = added.require("sep_token", AddedToken.special("[SEP]"));
    added.require("pad_token", AddedToken.special("[PAD]"));
    PlacedToken cls = added.require("cls_token", AddedToken.special("[CLS]"));
    added.addMaskAndLater(AddedToken.special("[MASK]"));

    ObjectNode root = TokenizerJson.with(added);
    root.set("normalizer", normalizer(model.content(), config));
    root.set("pre_tokenizer", preTokenizer(config));
    root.set("post_processor", TokenizerJson.bertTemplate(cls, sep));
    root.set("decoder", metaspace());
    root.set("model", unigram(model));
    return root;
  }

  private static ObjectNode normalizer(ModelProto model, TokenizerConfig config) {
    ObjectNode sequence = TokenizerJson.typed("Sequence");
    ArrayNode steps = sequence.putArray("normalizers");
    if (config.flag("do_lower_case").orElse(false)) {
      steps.add(TokenizerJson.typed("Lowercase"));
    }
    steps.add(TokenizerJson.typed("Strip").put("strip_left", true).put("strip_right", true));
    byte[] charsmap = model.getNormalizerSpec().getPrecompiledCharsmap().toByteArray();
    if (charsmap.length > 0) {
      String text = Base64.getEncoder().encodeToString(charsmap);
      steps.add(TokenizerJson.typed("Precompiled").put("precompiled_charsmap", text));
    }
    ObjectNode spaces = TokenizerJson.typed("Replace");
    spaces.putObject("pattern").put("Regex", " {2,}");
    steps.add(spaces.put("content", " "));
    return sequence;
  }

  private static ObjectNode preTokenizer(TokenizerConfig config) {
    ObjectNode sequence = TokenizerJson.typed("Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    if (config.flag("split_by_punct").orElse(false)) {
      steps.add(TokenizerJson.typed("Punctuation").put("behavior", "Isolated"));
    }
    steps.add(metaspace());
    return sequence;
  }

  private static ObjectNode metaspace() {
    return TokenizerJson.typed("Metaspace")
        .put("replacement", WORD_START)
        .put("prepend_scheme", "always")
        .put("split", true);
  }

  private static ObjectNode unigram(SentencePieceFile file) {
    ObjectNode model = TokenizerJson.typed("Unigram");
    model.put("unk_id", file.unknownId());
    model.put("byte_fallback", false);
    ArrayNode pieces = model.putArray("vocab");
    for (SentencePiece piece : file.content().getPiecesList()) {
      pieces.addArray().add(piece.getPiece()).add((double) piece.getScore());
    }
    return model;
  }
}
