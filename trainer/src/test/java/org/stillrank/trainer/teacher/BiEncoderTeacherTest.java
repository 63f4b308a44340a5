/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.config.BiEncoderConfig;
import org.stillrank.trainer.config.BiEncoderConfig.Pooling;
import org.stillrank.trainer.config.Weights;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.weights.MiniLm;

class BiEncoderTeacherTest {
  private static final int TOPICS = 4;
  private static final int DEPTH = 12;

  @TempDir private Path home;

  @AfterEach
  void nothingNativeIsLeft() {
    assertThat(NativeHandle.open()).isEmpty();
  }

  /** The oracle is a run of the same model made by another program. */
  @Test
  void cosinesEqualThoseOfAnotherProgramWithTheSameModel() throws IOException {
    Path folder = SharedFiles.shared("data/scifact");
    Run oracle = RunFile.read(folder.resolve("teacher/all-MiniLM-L6-v2.train.top100.run.gz"));
    List<TrainingList> lists = lists(BeirCollection.open(folder), oracle);
    BiEncoderTeacher teacher =
        new BiEncoderTeacher(Embeddings.cached(miniLm(), home, 2, Progress.silent()));

    List<List<Double>> scores = teacher.scores(lists);

    for (int i = 0; i < lists.size(); i++) {
      List<ScoredDocument> expected = oracle.ranking(lists.get(i).topicId());
      for (int j = 0; j < DEPTH; j++) {
        assertThat(scores.get(i).get(j)).isCloseTo(expected.get(j).score(), within(1e-4));
      }
    }
    // What is kept answers the same without the model, and so does the other order of texts.
    List<TrainingList> reversed = new ArrayList<>(lists);
    Collections.reverse(reversed);
    BiEncoderTeacher again =
        new BiEncoderTeacher(Embeddings.cached(miniLm(), home, 1, Progress.silent()));
    List<List<Double>> kept = again.scores(reversed);
    Collections.reverse(kept);
    assertThat(kept).isEqualTo(scores);
  }

  @Test
  void namesTheFileThatAFolderLacks() throws IOException {
    Files.writeString(home.resolve("model.onnx"), "x");
    BiEncoderConfig config =
        new BiEncoderConfig(
            "mine", new Weights(home.toString(), null, "MIT"), Pooling.CLS, "", "", 32, 1);

    assertThatThrownBy(() -> Embeddings.uncached(config, 1, Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no tokenizer: looked for tokenizer.json");
  }

  @Test
  void namesTheFileThatIsNoModel() throws IOException {
    Files.writeString(home.resolve("model.onnx"), "this is not a model");
    Files.copy(
        SharedFiles.shared("tokenizers/bert-base-uncased/tokenizer.json"),
        home.resolve("tokenizer.json"));
    BiEncoderConfig config =
        new BiEncoderConfig(
            "mine", new Weights(home.toString(), null, "MIT"), Pooling.CLS, "", "", 32, 1);
    Embeddings embeddings = Embeddings.uncached(config, 1, Progress.silent());

    assertThatThrownBy(() -> embeddings.queries(List.of("a query")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.onnx");
  }

  private BiEncoderConfig miniLm() throws IOException {
    Path folder = home.resolve("minilm");
    if (!Files.exists(folder)) {
      Files.createDirectory(folder);
      Files.move(MiniLm.onnx(home), folder.resolve("model.onnx"));
      Files.move(MiniLm.tokenizer(home), folder.resolve("tokenizer.json"));
    }
    Weights weights = new Weights(folder.toString(), null, "Apache-2.0");
    return new BiEncoderConfig("minilm", weights, Pooling.MEAN, "", "", 256, 1);
  }

  private static List<TrainingList> lists(BeirCollection collection, Run run) throws IOException {
    List<Topic> topics = collection.topics("train").subList(0, TOPICS);
    Set<String> ids =
        topics.stream()
            .flatMap(topic -> run.ranking(topic.id()).stream().limit(DEPTH))
            .map(ScoredDocument::docId)
            .collect(Collectors.toSet());
    Map<String, Document> documents = collection.documents(ids);
    List<TrainingList> lists = new ArrayList<>();
    for (Topic topic : topics) {
      List<Candidate> candidates =
          run.ranking(topic.id()).stream()
              .limit(DEPTH)
              .map(hit -> new Candidate(hit.docId(), documents.get(hit.docId()).passage()))
              .toList();
      lists.add(
          new TrainingList(
              "s", topic.id(), topic.text(), candidates, Collections.nCopies(DEPTH, 0), null));
    }
    return lists;
  }
}
