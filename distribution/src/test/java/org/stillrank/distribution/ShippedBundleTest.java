/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.testing.SharedFiles;

/** The bundle that comes with the project. */
class ShippedBundleTest {
  private static final Path FOLDER = SharedFiles.project("distribution/bundles/base");

  @Test
  void isSmallAndSaysWhatItWasMadeFrom() throws IOException {
    ModelBundle bundle = ModelBundle.open(FOLDER);
    assertThat(bundle.id()).isEqualTo("base");
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(28_000_000);
    }
    String notice = Files.readString(SharedFiles.project("NOTICE"));
    assertThat(bundle.manifest().orElseThrow().provenance().data())
        .isNotEmpty()
        .allSatisfy(source -> assertThat(notice).contains(source.name(), source.licence()));
  }

  @Test
  void putsThePassageThatAnswersFirst() throws IOException {
    List<String> passages =
        List.of(
            "The harbour was rebuilt after the storm of 1953 and fishing boats returned.",
            "Regular exercise lowers blood pressure in adults with hypertension, a randomised trial"
                + " of twelve weeks found.",
            "Blood donors are asked to drink water before they give blood.");
    try (CrossEncoder model =
        CrossEncoder.open(ModelBundle.open(FOLDER), ScoringOptions.defaults())) {
      float[] scores =
          model.score("Physical activity reduces hypertension.", passages, Cancellation.NONE);
      assertThat(scores[1]).isGreaterThan(scores[0]).isGreaterThan(scores[2]);
    }
  }

  @Test
  void aScoreDoesNotDependOnItsNeighbours() throws IOException {
    BeirCollection collection = BeirCollection.open(SharedFiles.shared("data/scifact"));
    Topic topic = collection.topics("train").getFirst();
    List<String> passages =
        collection.documents().stream().map(Document::passage).limit(60).toList();
    List<String> reversed = new ArrayList<>(passages);
    Collections.reverse(reversed);
    try (CrossEncoder model =
        CrossEncoder.open(ModelBundle.open(FOLDER), ScoringOptions.defaults())) {
      float[] together = model.score(topic.text(), passages, Cancellation.NONE);
      float[] backwards = model.score(topic.text(), reversed, Cancellation.NONE);
      for (int i = 0; i < together.length; i++) {
        float alone = model.score(topic.text(), List.of(passages.get(i)), Cancellation.NONE)[0];
        assertThat(together[i]).isCloseTo(alone, within(1e-5f));
        assertThat(backwards[together.length - 1 - i]).isCloseTo(alone, within(1e-5f));
      }
    }
  }
}
