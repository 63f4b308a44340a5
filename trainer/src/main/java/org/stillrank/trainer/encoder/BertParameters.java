/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Names and shapes of a BERT cross-encoder's parameters, as Hugging Face transformers has them. */
public final class BertParameters {
  /** What the names of the body start with; the classifier stands beside it. */
  public static final String BODY = "bert.";

  public static final String POOLER = BODY + "pooler.dense";
  public static final String CLASSIFIER = "classifier";
  public static final String EMBEDDINGS = BODY + "embeddings.";
  public static final String LAYERS = BODY + "encoder.layer.";

  private BertParameters() {}

  /** What the names of a layer start with; layers count from 0. */
  public static String layer(int index) {
    return LAYERS + index + ".";
  }

  /** Every parameter, from the embeddings to the classifier. */
  public static SequencedMap<String, long[]> shapes(EncoderConfig config) {
    SequencedMap<String, long[]> shapes = new LinkedHashMap<>();
    long hidden = config.hiddenSize();
    long inner = config.intermediateSize();
    table(shapes, "word_embeddings", config.vocabularySize(), hidden);
    table(shapes, "position_embeddings", config.maxPositions(), hidden);
    table(shapes, "token_type_embeddings", config.tokenTypes(), hidden);
    norm(shapes, EMBEDDINGS + "LayerNorm", hidden);
    for (int index = 0; index < config.layers(); index++) {
      String layer = layer(index);
      linear(shapes, layer + "attention.self.query", hidden, hidden);
      linear(shapes, layer + "attention.self.key", hidden, hidden);
      linear(shapes, layer + "attention.self.value", hidden, hidden);
      linear(shapes, layer + "attention.output.dense", hidden, hidden);
      norm(shapes, layer + "attention.output.LayerNorm", hidden);
      linear(shapes, layer + "intermediate.dense", inner, hidden);
      linear(shapes, layer + "output.dense", hidden, inner);
      norm(shapes, layer + "output.LayerNorm", hidden);
    }
    linear(shapes, POOLER, hidden, hidden);
    linear(shapes, CLASSIFIER, 1, hidden);
    return shapes;
  }

  private static void table(
      SequencedMap<String, long[]> shapes, String name, long rows, long width) {
    shapes.put(EMBEDDINGS + name + ".weight", new long[] {rows, width});
  }

  private static void linear(SequencedMap<String, long[]> shapes, String name, long out, long in) {
    shapes.put(name + ".weight", new long[] {out, in});
    shapes.put(name + ".bias", new long[] {out});
  }

  private static void norm(SequencedMap<String, long[]> shapes, String name, long width) {
    shapes.put(name + ".weight", new long[] {width});
    shapes.put(name + ".bias", new long[] {width});
  }
}
