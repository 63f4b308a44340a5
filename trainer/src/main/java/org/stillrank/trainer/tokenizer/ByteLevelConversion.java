/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * RoBERTa's byte-level BPE from {@code vocab.json} and {@code merges.txt}, as transformers' {@code
 * RobertaConverter} and {@code RobertaTokenizerFast}: {@code <s> A </s></s> B </s>}, all in segment
 * 0.
 */
final class ByteLevelConversion {
  private ByteLevelConversion() {}

  static ObjectNode build(Path vocabularyFile, Path mergesFile, TokenizerConfig config)
      throws IOException {
    Map<String, Integer> vocabulary = VocabularyObject.read(vocabularyFile);
    List<String> merges = MergesFile.read(mergesFile, vocabulary);
    AddedTokens added = new AddedTokens(vocabularyFile, vocabulary, config);
    added.require("bos_token", AddedToken.normalizedSpecial("<s>"));
    added.require("eos_token", AddedToken.normalizedSpecial("</s>"));
    added.require("unk_token", AddedToken.normalizedSpecial("<unk>"));
    PlacedToken sep = added.require("sep_token", AddedToken.normalizedSpecial("</s>"));
    added.require("pad_token", AddedToken.normalizedSpecial("<pad>"));
    PlacedToken cls = added.require("cls_token", AddedToken.normalizedSpecial("<s>"));
    added.addMaskAndLater(AddedToken.strippingSpecial("<mask>"));

    boolean prefixSpace = config.flag("add_prefix_space").orElse(false);
    ObjectNode root = TokenizerJson.with(added);
    root.set("pre_tokenizer", byteLevel().put("add_prefix_space", prefixSpace));
    ObjectNode processor = TokenizerJson.typed("RobertaProcessing");
    processor.putArray("sep").add(sep.content()).add(sep.id());
    processor.putArray("cls").add(cls.content()).add(cls.id());
    processor.put("trim_offsets", config.flag("trim_offsets").orElse(true).booleanValue());
    processor.put("add_prefix_space", prefixSpace);
    root.set("post_processor", processor);
    root.set("decoder", byteLevel().put("add_prefix_space", true));
    root.set("model", model(vocabulary, merges));
    return root;
  }

  private static ObjectNode byteLevel() {
    return TokenizerJson.typed("ByteLevel").put("trim_offsets", true).put("use_regex", true);
  }

  private static ObjectNode model(Map<String, Integer> vocabulary, List<String> merges) {
    ObjectNode model = TokenizerJson.typed("BPE");
    model.putNull("dropout");
    model.putNull("unk_token"); // every byte is in the vocabulary
    model.put("continuing_subword_prefix", "");
    model.put("end_of_word_suffix", "");
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    model.put("ignore_merges", false);
    ObjectNode ids = model.putObject("vocab");
    vocabulary.forEach(ids::put);
    ArrayNode ordered = model.putArray("merges");
    merges.forEach(ordered::add);
    return model;
  }
}
