/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.sentencepiece.ModelProto;
import org.stillrank.trainer.sentencepiece.ModelProto.SentencePiece;
import org.stillrank.trainer.sentencepiece.TrainerSpec.ModelType;

/**
 * A Unigram model of SentencePiece ({@code spm.model}, {@code spiece.model}), checked.
 *
 * @param file where it was read
 * @param content the pieces, each one once, the unknown piece among them; trainer and normaliser
 */
record SentencePieceFile(Path file, ModelProto content) {

  /**
   * Reads a model.
   *
   * @throws InvalidInputException when the bytes are no such model, or one of another type
   */
  static SentencePieceFile read(Path file) throws IOException {
    ModelProto content;
    try {
      content = ModelProto.parseFrom(Files.readAllBytes(file));
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidInputException(
          "["
              + file
              + "] is not a SentencePiece model or is cut short ("
              + e.getMessage()
              + "); copy the file again",
          e);
    }
    // The pieces come first in the file: cut after one of them, it still reads as a message.
    if (content.getPiecesCount() == 0
        || !content.hasTrainerSpec()
        || !content.hasNormalizerSpec()) {
      throw new InvalidInputException(
          "["
              + file
              + "] has ["
              + content.getPiecesCount()
              + "] pieces but lacks pieces, trainer_spec or normalizer_spec, so it is cut short or"
              + " no SentencePiece model; copy the file again");
    }
    ModelType type = content.getTrainerSpec().getModelType();
    if (type != ModelType.UNIGRAM) {
      throw new InvalidInputException(
          "["
              + file
              + "] is a SentencePiece model of type ["
              + type
              + "], only [UNIGRAM] is converted; save the tokenizer with transformers' fast class"
              + " and put its tokenizer.json into the folder");
    }
    SentencePieceFile model = new SentencePieceFile(file, content);
    model.requireUnknownPiece();
    return model;
  }

  /** The place of the piece that stands for what no piece covers. */
  int unknownId() {
    return content.getTrainerSpec().getUnkId();
  }

  /** The ids of the pieces: their places from 0. */
  Map<String, Integer> ids() {
    Map<String, Integer> ids = LinkedHashMap.newLinkedHashMap(content.getPiecesCount());
    for (int i = 0; i < content.getPiecesCount(); i++) {
      String piece = content.getPieces(i).getPiece();
      Integer before = piece.isEmpty() ? Integer.valueOf(i) : ids.putIfAbsent(piece, i);
      if (before != null) {
        throw new InvalidInputException(
            "["
                + file
                + "] has at place "
                + i
                + " the piece ["
                + piece
                + "], which is empty or stands before; copy the file again");
      }
    }
    return ids;
  }

  private void requireUnknownPiece() {
    int id = unknownId();
    boolean found =
        id >= 0
            && id < content.getPiecesCount()
            && content.getPieces(id).getType() == SentencePiece.Type.UNKNOWN;
    if (!found) {
      throw new InvalidInputException(
          "["
              + file
              + "] has unk_id ["
              + id
              + "], where there is no piece of type UNKNOWN; copy the file again");
    }
  }
}
