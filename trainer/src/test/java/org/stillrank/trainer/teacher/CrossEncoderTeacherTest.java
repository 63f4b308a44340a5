/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.OtherSeparator;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.reranker.scoring.ScoringRequest;
import org.stillrank.reranker.scoring.TokenLimit;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;

class CrossEncoderTeacherTest {
  private static final List<String> PASSAGES =
      List.of(
          "Yeast makes carbon dioxide, which lets the dough rise.",
          "Bread is older than writing.",
          "The sky is blue because short waves scatter more.");

  private final Path model = SharedFiles.project("distribution/bundles/base");
  private final AtomicLong announced = new AtomicLong();
  @TempDir private Path home;

  @AfterEach
  void nothingNativeIsLeft() {
    assertThat(NativeHandle.open()).isEmpty();
  }

  @Test
  void logitsAreThoseOfTheModelInTheListsOrder() throws IOException {
    List<TrainingList> lists = List.of(list("why does bread rise"), list("why is the sky blue"));
    List<List<Double>> scores = teacher(home).scores(lists);
    try (CrossEncoder oracle =
        CrossEncoder.open(ModelBundle.open(model), ScoringOptions.defaults())) {
      for (int i = 0; i < lists.size(); i++) {
        for (int j = 0; j < PASSAGES.size(); j++) {
          float[] alone =
              oracle.score(lists.get(i).query(), List.of(PASSAGES.get(j)), Cancellation.NONE);
          assertThat(scores.get(i).get(j)).isCloseTo(alone[0], within(1e-5));
        }
      }
    }
  }

  @Test
  void onlyWhatIsNewIsScored() throws IOException {
    List<TrainingList> lists = new ArrayList<>(List.of(list("why does bread rise")));
    List<List<Double>> first = teacher(home).scores(lists);
    lists.add(list("what is bread"));
    announced.set(0);
    assertThat(teacher(home).scores(lists)).startsWith(first.getFirst());
    assertThat(announced).hasValue(1);
  }

  @Test
  void windowsAreScoredAsTheModelScoresThemAndKeptApart() throws IOException {
    Passages windows = PassageOptions.parse("length=4,max=9,select=none,aggregate=mean");
    List<TrainingList> lists = List.of(list("why does bread rise"));
    List<List<Double>> beginnings = teacher(home).scores(lists);
    List<List<Double>> scores = teacher(windows, home).scores(lists);
    assertThat(scores).isNotEqualTo(beginnings);
    try (CrossEncoder oracle =
        CrossEncoder.open(ModelBundle.open(model), ScoringOptions.defaults())) {
      float[] logits =
          oracle
              .measured(
                  ScoringRequest.of("why does bread rise", PASSAGES, windows, TokenLimit.none()),
                  Cancellation.NONE)
              .logits();
      for (int i = 0; i < logits.length; i++) {
        assertThat(scores.getFirst().get(i)).isCloseTo(logits[i], within(1e-5));
      }
    }
    announced.set(0);
    assertThat(teacher(windows, home).scores(lists)).isEqualTo(scores);
    assertThat(teacher(home).scores(lists)).isEqualTo(beginnings);
    assertThat(announced).hasValue(0);
  }

  @Test
  void withoutACacheEverythingIsScoredAgain() throws IOException {
    List<TrainingList> lists = List.of(list("why does bread rise"));
    assertThat(teacher(null).scores(lists)).isEqualTo(teacher(null).scores(lists));
    assertThat(announced).hasValue(2);
  }

  @Test
  void aFolderWithoutAModelIsRefused() {
    assertThatThrownBy(
            () -> CrossEncoderTeacher.open(home, Passages.beginning(), null, Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[" + home + "] is no model");
  }

  @Test
  void aModelThatReadsDocumentsJoinedOtherwiseIsRefused() throws IOException {
    Path other = OtherSeparator.tiny(home.resolve("model"), " | ").directory();
    assertThatThrownBy(
            () -> CrossEncoderTeacher.open(other, Passages.beginning(), null, Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the cross-encoder ["
                + other
                + "] reads a document's fields joined by [ | ], and in training lists they are"
                + " joined by one space; give one whose bundle.json has a [separator] of one"
                + " space");
  }

  private CrossEncoderTeacher teacher(@Nullable Path cache) throws IOException {
    return teacher(Passages.beginning(), cache);
  }

  private CrossEncoderTeacher teacher(Passages passages, @Nullable Path cache) throws IOException {
    return CrossEncoderTeacher.open(
        model,
        passages,
        cache,
        (task, total) -> {
          announced.addAndGet(total);
          return Progress.silent().start(task, total);
        });
  }

  private static TrainingList list(String query) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < PASSAGES.size(); i++) {
      candidates.add(new Candidate("d" + i, PASSAGES.get(i)));
    }
    return new TrainingList(
        "test", query, query, candidates, Collections.nCopies(candidates.size(), 0), null);
  }
}
