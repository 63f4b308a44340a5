/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.elasticsearch.index.query.MatchAllQueryBuilder;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.QueryRescorerBuilder;
import org.junit.jupiter.api.Test;
import org.stillrank.plugin.scale.Combination;
import org.stillrank.reranker.passage.Passages;

class WindowRuleTest {
  private final SearchSourceBuilder source = new SearchSourceBuilder();

  @Test
  void aWindowHoldsEveryHitAskedFor() {
    CrossEncoderRescorerBuilder rescorer = rescorer(20);
    source.addRescorer(rescorer).from(15).size(10);
    assertThat(rescorer.validate(source, null).validationErrors())
        .containsExactly(
            "[cross_encoder] window_size [20] is below from + size [25], and hits outside the window"
                + " are dropped; set window_size to at least [25], or ask for fewer hits");
    source.size(5);
    assertThat(rescorer.validate(source, null)).isNull();
  }

  @Test
  void whatIsNotGivenIsTen() {
    CrossEncoderRescorerBuilder rescorer = new CrossEncoderRescorerBuilder(clause(), null);
    source.addRescorer(rescorer);
    assertThat(rescorer.validate(source, null)).isNull();
    source.from(1);
    assertThat(rescorer.validate(source, null).validationErrors()).hasSize(1);
  }

  @Test
  void aLaterRescorerSeesWhatIsLeft() {
    CrossEncoderRescorerBuilder rescorer = rescorer(20);
    source
        .addRescorer(new QueryRescorerBuilder(new MatchAllQueryBuilder()).windowSize(500))
        .addRescorer(rescorer)
        .addRescorer(new QueryRescorerBuilder(new MatchAllQueryBuilder()).windowSize(50));
    assertThat(rescorer.validate(source, null).validationErrors())
        .containsExactly(
            "a rescorer after [cross_encoder] has window_size [50], but only [20] hits are left to"
                + " it; make it at most [20]");
  }

  private static CrossEncoderRescorerBuilder rescorer(int window) {
    return new CrossEncoderRescorerBuilder(clause(), null).windowSize(window);
  }

  private static Clause clause() {
    return new Clause(
        "m",
        "q",
        List.of("text"),
        null,
        WithoutTokens.FAIL,
        Passages.beginning(),
        false,
        Combination.REPLACE,
        null,
        OnFailure.FAIL);
  }
}
