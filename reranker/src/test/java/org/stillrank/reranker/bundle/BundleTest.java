/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.reranker.scoring.TinyModels;
import org.stillrank.reranker.scoring.TinyModels.Expected;

/** Writing, opening and every way in which a bundle can be broken. */
class BundleTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenOpensAndScores() throws IOException {
    ModelBundle bundle = write();

    assertThat(bundle.id()).isEqualTo("tiny");
    assertThat(bundle.maxLength()).isEqualTo(96);
    assertThat(bundle.maxQueryLength()).isEqualTo(32);
    BundleManifest manifest = bundle.manifest().orElseThrow();
    assertThat(manifest.files().keySet()).containsExactly("model.onnx", "tokenizer.json");
    assertThat(manifest.withFiles(Manifests.tiny().files())).isEqualTo(Manifests.tiny());
    Expected expected = TinyModels.expected("bert-one-output").getFirst();
    try (CrossEncoder encoder = CrossEncoder.open(bundle, ScoringOptions.defaults())) {
      assertThat(encoder.score(expected.query(), List.of(expected.passage()), Cancellation.NONE)[0])
          .isEqualTo(expected.score(), within(1e-5f));
    }
  }

  @Test
  void anOldBundleIsReplacedAndNothingElseIsLeft() throws IOException {
    write();
    write();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("bundle"));
    }
  }

  @Test
  void aFolderThatIsNoBundleIsNotReplaced() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("mine")).resolve("thesis.txt");
    Files.writeString(kept, "years of work");
    assertThatThrownBy(
            () -> BundleWriter.write(kept.getParent(), Manifests.tiny(), Manifests.files()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(kept.getParent().toString(), "holds files and is no bundle");
    assertThat(kept).hasContent("years of work");
  }

  @Test
  void aFileOfAFolderThatIsNoBundleIsNotThere() {
    assertThatThrownBy(() -> ModelBundle.open(TinyModels.folder("bert-one-output"), "model.onnx"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("bundle.json] is not there", "only a bundle's files");
  }

  @Test
  void aBundleThatWouldNotOpenIsNotWritten() throws IOException {
    Map<String, Path> withoutTokenizer =
        Map.of("model.onnx", TinyModels.folder("bert-one-output").resolve("model.onnx"));
    assertThatThrownBy(
            () -> BundleWriter.write(folder.resolve("bundle"), Manifests.tiny(), withoutTokenizer))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tokenizer.json");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aBundleWithoutScoringHeadIsNotWritten() throws IOException {
    assertThatThrownBy(() ->
            BundleWriter.write(
                folder.resolve("bundle"), Manifests.tiny(), Manifests.files("bert-without-head")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no scoring head");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aModelThatQuantisesPerBatchIsNotWrittenAsAnythingElse() {
    assertThatThrownBy(() ->
            BundleWriter.write(
                folder.resolve("bundle"), Manifests.tiny(), Manifests.files("bert-dynamic-int8")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("scores move with the batch")
        .hasMessageContaining("declare int8_per_batch");
  }

  @Test
  void aChangedByteIsFoundByItsHash() throws IOException {
    Path model = write().onnxFile();
    byte[] content = Files.readAllBytes(model);
    content[content.length / 2] ^= 1;
    Files.write(model, content);
    refused("has SHA-256", "corrupt or was replaced; copy the bundle again");
  }

  @Test
  void aTruncatedFileIsFoundByItsSize() throws IOException {
    Path model = write().onnxFile();
    try (FileChannel channel = FileChannel.open(model, StandardOpenOption.WRITE)) {
      channel.truncate(1000);
    }
    refused("[1000] bytes", "truncated or replaced; copy the bundle again");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(write().tokenizerFile());
    refused("tokenizer.json", "missing or not readable; copy the bundle again");
  }

  @Test
  void aManifestThatEndsEarlyIsRefused() throws IOException {
    write();
    Path manifest = folder.resolve("bundle/bundle.json");
    String json = Files.readString(manifest);
    Files.writeString(manifest, json.substring(0, json.length() / 2));
    refused("bundle.json", "copy the bundle again");
  }

  @Test
  void anUnknownFieldIsNamed() throws IOException {
    edit("\"family\"", "\"famly\" : \"bert\", \"family\"");
    refused("famly", "correct it, or write the bundle again");
  }

  @Test
  void aLaterFormatIsRefused() throws IOException {
    edit("\"format_version\" : 1", "\"format_version\" : 2");
    refused("[format_version]", "[2]", "reads format 1");
  }

  @Test
  void aFileOutsideTheBundleIsRefused() throws IOException {
    edit("\"tokenizer.json\" : {", "\"../tokenizer.json\" : {");
    refused("../tokenizer.json", "plain names");
  }

  @Test
  void limitsThatLeaveNoRoomAreRefused() throws IOException {
    edit("\"max_query_length\" : 32", "\"max_query_length\" : 96");
    refused("max_query_length [96]", "lower max_query_length");
  }

  @Test
  void aModelFileThatIsNotThereIsNamed() throws IOException {
    write();
    assertThatThrownBy(() -> ModelBundle.open(folder.resolve("bundle"), "model.int8.onnx"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[model.int8.onnx]")
        .hasMessageContaining("model.onnx");
  }

  @Test
  void aFolderThatIsNoModelSaysWhatAModelIs() {
    assertThatThrownBy(() -> ModelBundle.open(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("neither bundle.json nor config.json");
    assertThatThrownBy(() -> ModelBundle.open(folder.resolve("nothing")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no model folder");
  }

  @Test
  void aHuggingFaceFolderNamesWhatItLacks() throws IOException {
    Path model = TinyModels.copy("bert-one-output", folder);
    Files.delete(model.resolve("model.onnx"));
    assertThatThrownBy(() -> ModelBundle.open(model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("onnx/model.onnx")
        .hasMessageContaining("export the model to ONNX");
    Files.delete(model.resolve("tokenizer.json"));
    assertThatThrownBy(() -> ModelBundle.open(model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void aHuggingFaceFolderMayKeepItsGraphInOnnx() throws IOException {
    Path model = TinyModels.copy("bert-one-output", folder);
    Files.createDirectory(model.resolve("onnx"));
    Files.move(model.resolve("model.onnx"), model.resolve("onnx/model.onnx"));
    assertThat(ModelBundle.open(model).onnxFile()).isEqualTo(model.resolve("onnx/model.onnx"));
  }

  @Test
  void aRobertaReadsTwoTokensLessThanItHasPositions() throws IOException {
    assertThat(TinyModels.bundle("roberta-one-output").maxLength()).isEqualTo(96);
    assertThat(TinyModels.bundle("roberta-one-output").padId()).contains(1);
  }

  private ModelBundle write() throws IOException {
    return BundleWriter.write(folder.resolve("bundle"), Manifests.tiny(), Manifests.files());
  }

  private void edit(String from, String to) throws IOException {
    write();
    Path manifest = folder.resolve("bundle/bundle.json");
    String json = Files.readString(manifest);
    assertThat(json).contains(from);
    Files.writeString(manifest, json.replace(from, to));
  }

  private void refused(String... parts) {
    assertThatThrownBy(() -> ModelBundle.open(folder.resolve("bundle")))
        .isInstanceOf(InvalidInputException.class)
        .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
  }
}
