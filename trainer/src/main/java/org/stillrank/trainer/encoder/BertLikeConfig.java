/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import tools.jackson.databind.node.ObjectNode;

/** {@code config.json} of BERT, ELECTRA and RoBERTa. */
final class BertLikeConfig {
  private static final String GELU = "gelu";

  private BertLikeConfig() {}

  static BertLike read(ConfigFields fields, BertFamily family) {
    fields.mustBe("hidden_act", GELU, GELU);
    fields.mustBe("position_embedding_type", "absolute", "absolute");
    Sizes sizes = fields.sizes(fields.number("layer_norm_eps", 1e-12));
    return new BertLike(
        family,
        sizes,
        family == BertFamily.ELECTRA
            ? fields.positive("embedding_size", sizes.hidden())
            : sizes.hidden(),
        fields.positive("max_position_embeddings"),
        fields.positive("type_vocab_size"),
        new Dropout(
            fields.number("hidden_dropout_prob", 0.1),
            fields.number("attention_probs_dropout_prob", 0.1)));
  }

  static void write(ObjectNode root, BertLike bert) {
    root.putArray("architectures")
        .add(
            switch (bert.family()) {
              case BERT -> "BertForSequenceClassification";
              case ELECTRA -> "ElectraForSequenceClassification";
              case ROBERTA -> "RobertaForSequenceClassification";
            });
    root.put("hidden_act", GELU);
    root.put("max_position_embeddings", bert.positions());
    root.put("type_vocab_size", bert.tokenTypes());
    root.put("layer_norm_eps", bert.sizes().normEpsilon());
    root.put("hidden_dropout_prob", bert.dropout().hidden());
    root.put("attention_probs_dropout_prob", bert.dropout().attention());
    if (bert.family() == BertFamily.ELECTRA) {
      root.put("embedding_size", bert.embeddingSize());
    }
    if (bert.family() == BertFamily.ROBERTA) {
      root.put("pad_token_id", 1);
    }
  }
}
