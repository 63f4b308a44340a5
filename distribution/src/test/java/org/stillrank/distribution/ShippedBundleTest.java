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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.Provenance;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.testing.SharedFiles;

/** The bundles that come with the project. */
class ShippedBundleTest {
  private static final Path BUNDLES = SharedFiles.project("distribution/bundles");

  @Test
  void areSmallTogether() throws IOException {
    try (Stream<Path> folders = Files.list(BUNDLES)) {
      assertThat(folders.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("base", "small");
    }
    try (Stream<Path> files = Files.walk(BUNDLES)) {
      assertThat(files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum())
          .isLessThan(45_000_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "small"})
  void sayWhatTheyWereMadeFrom(String name) throws IOException {
    ModelBundle bundle = ModelBundle.open(BUNDLES.resolve(name));
    assertThat(bundle.id()).isEqualTo(name);
    String notice = Files.readString(SharedFiles.project("NOTICE"));
    Provenance provenance = bundle.manifest().orElseThrow().provenance();
    assertThat(notice)
        .contains("distribution/bundles/" + name, provenance.startWeights().licence());
    assertThat(provenance.data())
        .isNotEmpty()
        .allSatisfy(source -> assertThat(notice).contains(source.name(), source.licence()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "small"})
  void putThePassageThatAnswersFirst(String name) throws IOException {
    List<String> passages =
        List.of(
            "The harbour was rebuilt after the storm of 1953 and fishing boats returned.",
            "Regular exercise lowers blood pressure in adults with hypertension, a randomised trial"
                + " of twelve weeks found.",
            "Blood donors are asked to drink water before they give blood.");
    try (CrossEncoder model = open(name)) {
      float[] scores =
          model.score("Physical activity reduces hypertension.", passages, Cancellation.NONE);
      assertThat(scores[1]).isGreaterThan(scores[0]).isGreaterThan(scores[2]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "small"})
  void aScoreDoesNotDependOnItsNeighbours(String name) throws IOException {
    BeirCollection collection = BeirCollection.open(SharedFiles.shared("data/scifact"));
    Topic topic = collection.topics("train").getFirst();
    List<String> passages =
        collection.documents().stream().map(Document::passage).limit(60).toList();
    List<String> reversed = new ArrayList<>(passages);
    Collections.reverse(reversed);
    try (CrossEncoder model = open(name)) {
      float[] together = model.score(topic.text(), passages, Cancellation.NONE);
      float[] backwards = model.score(topic.text(), reversed, Cancellation.NONE);
      for (int i = 0; i < together.length; i++) {
        float alone = model.score(topic.text(), List.of(passages.get(i)), Cancellation.NONE)[0];
        assertThat(together[i]).isCloseTo(alone, within(1e-5f));
        assertThat(backwards[together.length - 1 - i]).isCloseTo(alone, within(1e-5f));
      }
    }
  }

  private static CrossEncoder open(String name) throws IOException {
    return CrossEncoder.open(ModelBundle.open(BUNDLES.resolve(name)), ScoringOptions.defaults());
  }
}
