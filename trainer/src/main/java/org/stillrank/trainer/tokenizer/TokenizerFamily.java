/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which conversion a folder's tokenizer takes. As in transformers, {@code tokenizer_class} of
 * {@code tokenizer_config.json} decides, else {@code model_type} of {@code config.json}; where
 * neither is given, the files do.
 */
@SuppressWarnings("ImmutableEnumChecker") // what Set.of and List.of give never changes
enum TokenizerFamily {
  WORDPIECE(
      Set.of("BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer"),
      Set.of("bert", "convbert", "distilbert", "electra", "megatron-bert", "mobilebert"),
      List.of(Set.of("vocab.txt"))) {
    @Override
    ObjectNode build(Path folder, TokenizerConfig config) throws IOException {
      return WordPieceConversion.build(folder.resolve("vocab.txt"), config);
    }
  },
  BYTE_LEVEL_BPE(
      Set.of("RobertaTokenizer"),
      Set.of("roberta", "roberta-prelayernorm", "longformer"),
      List.of(Set.of("vocab.json", "merges.txt"))) {
    @Override
    ObjectNode build(Path folder, TokenizerConfig config) throws IOException {
      return ByteLevelConversion.build(
          folder.resolve("vocab.json"), folder.resolve("merges.txt"), config);
    }
  },
  SENTENCEPIECE(
      Set.of("DebertaV2Tokenizer"),
      Set.of("deberta-v2"),
      List.of(Set.of("spm.model"), Set.of("spiece.model"))) {
    @Override
    ObjectNode build(Path folder, TokenizerConfig config) throws IOException {
      Path spm = folder.resolve("spm.model");
      Path model = Files.isRegularFile(spm) ? spm : folder.resolve("spiece.model");
      return UnigramConversion.build(model, config);
    }
  };

  private static final String LOOKED_FOR =
      "tokenizer.json, vocab.txt, vocab.json with merges.txt, spm.model, spiece.model";

  private final Set<String> classes;
  private final Set<String> modelTypes;
  private final List<Set<String>> files;

  TokenizerFamily(Set<String> classes, Set<String> modelTypes, List<Set<String>> files) {
    this.classes = classes;
    this.modelTypes = modelTypes;
    this.files = files;
  }

  /** The content of a {@code tokenizer.json}. */
  abstract ObjectNode build(Path folder, TokenizerConfig config) throws IOException;

  /** The family of a folder, whose files are then there. */
  static TokenizerFamily of(Path folder, TokenizerConfig config) throws IOException {
    List<TokenizerFamily> fitting =
        Stream.of(values()).filter(family -> family.filesAreIn(folder)).toList();
    if (fitting.isEmpty()) {
      throw new InvalidInputException(
          "["
              + folder
              + "] has no tokenizer: looked for "
              + LOOKED_FOR
              + "; copy the tokenizer's files from where the model was published");
    }
    Optional<TokenizerFamily> declared = declared(folder, config);
    if (declared.isEmpty() && fitting.size() > 1) {
      throw new InvalidInputException(
          "["
              + folder
              + "] has the files of several tokenizers "
              + fitting
              + " and no model_type; add the model's config.json");
    }
    TokenizerFamily family = declared.orElseGet(fitting::getFirst);
    if (!fitting.contains(family)) {
      throw new InvalidInputException(
          "["
              + folder
              + "] has no "
              + family.needs()
              + ", which its tokenizer ["
              + family
              + "] is built from; copy it from where the model was published");
    }
    return family;
  }

  private static Optional<TokenizerFamily> declared(Path folder, TokenizerConfig config)
      throws IOException {
    Optional<String> tokenizerClass = config.text("tokenizer_class");
    if (tokenizerClass.isPresent()) {
      String slow = tokenizerClass.get().replaceFirst("Fast$", "");
      return Optional.of(
          known(config.file(), "tokenizer_class", slow, family -> family.classes.contains(slow)));
    }
    Path modelConfig = folder.resolve("config.json");
    JsonNode modelType = JsonFile.readIfThere(modelConfig).path("model_type");
    if (!modelType.isString()) {
      return Optional.empty();
    }
    String type = modelType.stringValue();
    return Optional.of(
        known(modelConfig, "model_type", type, family -> family.modelTypes.contains(type)));
  }

  private static TokenizerFamily known(
      Path file, String field, String value, Predicate<TokenizerFamily> names) {
    return Stream.of(values())
        .filter(names)
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "["
                    + file
                    + "] has "
                    + field
                    + " ["
                    + value
                    + "], for which no tokenizer.json is built here; save the tokenizer with"
                    + " transformers' fast class and put its tokenizer.json into the folder"));
  }

  private boolean filesAreIn(Path folder) {
    return files.stream()
        .anyMatch(all -> all.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name))));
  }

  private String needs() {
    return files.stream()
        .map(all -> all.stream().sorted().collect(Collectors.joining(" with ")))
        .collect(Collectors.joining(" or "));
  }
}
