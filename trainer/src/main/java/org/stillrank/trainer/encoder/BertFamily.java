/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.List;

/** In what the kin of BERT differ: where positions begin, and the head. */
public enum BertFamily {
  /** The pooler is pre-trained; dropout after it alone. */
  BERT("bert", 0, List.of("cls."), new ScoringHead("bert.pooler.dense", "classifier")) {
    @Override
    <T> T logit(Operations<T> operations, T vector, double dropout) {
      return head().logit(operations, vector, operations::tanh, dropout);
    }
  },

  ELECTRA(
      "electra",
      0,
      List.of("discriminator_predictions.", "generator_predictions.", "generator_lm_head."),
      new ScoringHead("classifier.dense", "classifier.out_proj")) {
    @Override
    <T> T logit(Operations<T> operations, T vector, double dropout) {
      T kept = operations.dropout(dropout, vector);
      return head().logit(operations, kept, operations::gelu, dropout);
    }
  },

  /** Positions begin after that of padding, whose id is 1. */
  ROBERTA(
      "roberta",
      2,
      List.of("lm_head.", "roberta.pooler."),
      new ScoringHead("classifier.dense", "classifier.out_proj")) {
    @Override
    <T> T logit(Operations<T> operations, T vector, double dropout) {
      T kept = operations.dropout(dropout, vector);
      return head().logit(operations, kept, operations::tanh, dropout);
    }
  };

  private final String modelType;
  private final int firstPosition;
  private final List<String> pretrainingHeads;
  private final ScoringHead head;

  BertFamily(String modelType, int firstPosition, List<String> pretrainingHeads, ScoringHead head) {
    this.modelType = modelType;
    this.firstPosition = firstPosition;
    this.pretrainingHeads = pretrainingHeads;
    this.head = head;
  }

  /** {@code model_type} of a {@code config.json}. */
  public String modelType() {
    return modelType;
  }

  /** Row of the position table for the first token. */
  public int firstPosition() {
    return firstPosition;
  }

  List<String> pretrainingHeads() {
    return pretrainingHeads;
  }

  ScoringHead head() {
    return head;
  }

  abstract <T> T logit(Operations<T> operations, T vector, double dropout);
}
