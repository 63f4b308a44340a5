/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillrank.testing.SharedFiles.shared;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.run.ScoredDocument;

class AnseriniScoresTest {
  @Test
  void tiesFallByMillionthsAndTheNextScoreStartsAnew() {
    float[] scores = {23.439316f, 22.087432f, 22.087431f, 22.08743f, 21.602508f};
    AnseriniScores.adjust(scores);
    assertThat(scores)
        .containsExactly(23.4393f, 22.0874f, 22.0874f - 1e-6f, 22.0874f - 2e-6f, 21.6025f);
  }

  /** Anserini's own scores, stripped of what the ties took off, come out as it wrote them. */
  @Test
  void makesTheTiesOfARealRunAgain() throws IOException {
    Run run = RunFile.read(shared("data/nfcorpus/reference/bm25-anserini-0.13.3.top100.run.gz"));
    int ties = 0;
    for (String topic : run.topics()) {
      List<ScoredDocument> hits = run.ranking(topic);
      float[] scores = new float[hits.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = Math.round(hits.get(i).score() * 1e4) / 1e4f;
        ties += i > 0 && scores[i] == scores[i - 1] ? 1 : 0;
      }
      AnseriniScores.adjust(scores);
      for (int i = 0; i < scores.length; i++) {
        assertThat(String.format(Locale.ROOT, "%.6f", scores[i]))
            .isEqualTo(String.format(Locale.ROOT, "%.6f", hits.get(i).score()));
      }
    }
    assertThat(ties).isGreaterThan(100);
  }
}
