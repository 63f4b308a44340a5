/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.encoder.ModernBert.Pooling;
import org.stillrank.trainer.encoder.ModernBert.Reach;
import org.stillrank.trainer.tokenizer.TokenizerFiles;
import org.stillrank.trainer.weights.FreshWeights;
import org.stillrank.trainer.weights.StartWeights;

/**
 * A network of each family, two layers of width 32 that know nothing, beside a tokenizer of the
 * family's kind with a small vocabulary of real text. ModernBERT's own, which is not converted
 * here, is byte-level BPE as RoBERTa's.
 */
public enum TinyFamily {
  BERT("wordpiece") {
    @Override
    Architecture of(Sizes sizes) {
      return new BertLike(BertFamily.BERT, sizes, WIDTH, LONGEST_PAIR, 2, NONE);
    }
  },
  ROBERTA("bytelevel") {
    @Override
    Architecture of(Sizes sizes) {
      return new BertLike(
          BertFamily.ROBERTA,
          sizes,
          WIDTH,
          LONGEST_PAIR + BertFamily.ROBERTA.firstPosition(),
          1,
          NONE);
    }
  },
  /** Its tables are narrower than its layers. */
  ELECTRA("wordpiece") {
    @Override
    Architecture of(Sizes sizes) {
      return new BertLike(BertFamily.ELECTRA, sizes, WIDTH / 2, LONGEST_PAIR, 2, NONE);
    }
  },
  DEBERTA_V3("unigram") {
    @Override
    Architecture of(Sizes sizes) {
      return new DebertaV3(sizes, new RelativeBuckets(32, LONGEST_PAIR), NONE);
    }
  },
  /** A layer that sees all and one that sees its surroundings. */
  MODERNBERT("bytelevel") {
    @Override
    Architecture of(Sizes sizes) {
      List<Reach> reaches = List.of(new Reach(160_000, 0), new Reach(10_000, 16));
      return new ModernBert(sizes, LONGEST_PAIR, reaches, Pooling.CLS, false, NONE);
    }
  };

  /** In tokens. */
  public static final int LONGEST_PAIR = 512;

  private static final int WIDTH = 32;

  /** As many ids as the largest of the vocabularies has. */
  private static final int WORDS = 1500;

  private static final Dropout NONE = new Dropout(0, 0);

  private final String vocabulary;

  TinyFamily(String vocabulary) {
    this.vocabulary = vocabulary;
  }

  abstract Architecture of(Sizes sizes);

  /** The {@code tokenizer.json}, built in a folder that has none. */
  public Path tokenizer(Path folder) throws IOException {
    Path files = SharedFiles.project("trainer/src/test/resources/tokenizers/" + vocabulary);
    try (Stream<Path> each = Files.list(files)) {
      for (Path file : each.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return TokenizerFiles.json(folder, folder.resolve("tokenizer.json"));
  }

  /** Weights drawn by a seed, large enough that pairs score differently from the start. */
  public StartWeights weights(long seed) {
    Architecture architecture = of(new Sizes(WORDS, WIDTH, 2, 2, 2 * WIDTH, 1e-7, 0.2));
    return new StartWeights(architecture, FreshWeights.network(architecture, seed), List.of());
  }
}
