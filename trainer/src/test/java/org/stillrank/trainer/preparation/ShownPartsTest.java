/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.collection.Document;
import org.stillrank.trainer.config.Excerpts;
import org.stillrank.trainer.example.Candidate;

class ShownPartsTest {
  private static final Document DOCUMENT =
      new Document(
          "d1",
          "Sleep and memory",
          "Rats were trained for a week. Half of them were kept awake. Naps, it seems, strengthen"
              + " recall. Nothing else was changed in their cages.");
  private static final Candidate WHOLE = new Candidate("d1", DOCUMENT.passage());

  @Test
  void showsATitleAlone() {
    assertThat(shown(new Excerpts(1.0, 0.0, 8, 3), "any query", WHOLE))
        .isEqualTo("Sleep and memory");
  }

  @Test
  void showsTheWindowWithMostOfTheQueryBehindItsLead() {
    assertThat(shown(new Excerpts(0.0, 1.0, 8, 3), "do NAPS strengthen recall?", WHOLE))
        .startsWith("Sleep and memory ")
        .contains("Naps, it seems, strengthen recall.")
        .hasSizeLessThan(60);
  }

  @Test
  void aWindowThatFollowsItsLeadIsOnePieceWithIt() {
    assertThat(shown(new Excerpts(0.0, 1.0, 8, 3), "trained rats", WHOLE))
        .isEqualTo("Sleep and memory Rats were trained for a");
  }

  @Test
  void aTextThatFitsIsShownWhole() {
    assertThat(shown(new Excerpts(0.0, 1.0, 60, 16), "naps", WHOLE)).isEqualTo(WHOLE.passage());
  }

  /** Where titles ask for their own texts, showing one would tell the answer. */
  @Test
  void aPassageWithoutItsTitleIsShownInAWindow() {
    assertThat(shown(new Excerpts(1.0, 0.0, 4, 0), "cages", new Candidate("d1", DOCUMENT.text())))
        .doesNotContain("memory")
        .endsWith("cages.");
  }

  /** Shown without its title, a text that begins with it would be the query word for word. */
  @Test
  void aTextThatBeginsWithItsTitleIsNotShownAsThat() {
    Document repeating = new Document("d2", "Sleep and memory", "Sleep and memory are linked.");
    Candidate withoutTitle = new Candidate("d2", repeating.text());

    assertThat(
            new ShownParts(new Excerpts(1.0, 0.0, 60, 16), 7)
                .of("Sleep and memory", repeating, withoutTitle))
        .isEqualTo(withoutTitle);
  }

  @Test
  void aDashOfTheQueryAsksForNothing() {
    Document figures =
        new Document(
            "d3", "", "Values were 1 - 2 - 3 - 4 - 5 on days one to nine. Naps help recall.");
    Candidate whole = new Candidate("d3", figures.text());

    assertThat(new ShownParts(new Excerpts(0.0, 1.0, 4, 0), 7).of("recall - naps", figures, whole))
        .isEqualTo(new Candidate("d3", "nine. Naps help recall."));
  }

  @Test
  void sharesAreKeptAndAPairIsAlwaysShownTheSameWay() {
    Excerpts excerpts = new Excerpts(0.25, 0.5, 8, 3);
    List<String> shown =
        IntStream.range(0, 2000).mapToObj(i -> shown(excerpts, "query " + i, WHOLE)).toList();

    assertThat(shown.stream().filter("Sleep and memory"::equals).count()).isBetween(420L, 580L);
    assertThat(shown.stream().filter(WHOLE.passage()::equals).count()).isBetween(420L, 580L);
    assertThat(IntStream.range(0, 2000).mapToObj(i -> shown(excerpts, "query " + i, WHOLE)))
        .containsExactlyElementsOf(shown);
  }

  private static String shown(Excerpts excerpts, String query, Candidate whole) {
    return new ShownParts(excerpts, 7).of(query, DOCUMENT, whole).passage();
  }
}
