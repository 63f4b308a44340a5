/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SequencedMap;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Precision;
import org.stillrank.trainer.weights.FloatTensor;
import org.stillrank.trainer.weights.SafetensorsFile;

class SelfTestTest {
  private static final Path RESOURCES = SharedFiles.project("trainer/src/test/resources");

  @TempDir private Path fixtures;

  /** One backbone of the eight, to be spoilt. */
  @BeforeEach
  void copy() throws IOException {
    for (String name :
        new String[] {
          "objectives.json",
          "backbones/bert/config.json",
          "backbones/bert/model.safetensors",
          "backbones/bert/expected.json"
        }) {
      Path target = fixtures.resolve(name);
      Files.createDirectories(target.getParent());
      Files.copy(RESOURCES.resolve(name), target);
    }
  }

  private static SelfTest run(Path folder) throws IOException {
    return SelfTest.run(folder, Device.CPU, Precision.FLOAT32, Progress.silent());
  }

  @Test
  void everyFamilyAndEveryObjectiveCasePasses() throws IOException {
    SelfTest test = run(RESOURCES);
    assertThat(test.backbones()).isEqualTo(8);
    assertThat(test.objectiveCases()).isEqualTo(16);
    assertThat(test.checks()).hasSize(8 + 2 * 16).allMatch(Check::passed);
    assertThat(test.failed()).isZero();
  }

  /** Not so near, but nearer than an encoder that computes something else. */
  @Test
  void inBfloat16EveryFamilyPassesItsOwnBound() throws IOException {
    SelfTest test = SelfTest.run(RESOURCES, Device.CPU, Precision.BFLOAT16, Progress.silent());
    assertThat(test.checks()).allMatch(Check::passed);
    assertThat(test.checks())
        .filteredOn(each -> each.quantity() == Quantity.LOGITS_BFLOAT16)
        .hasSize(8)
        .allSatisfy(each ->
            assertThat(each.deviation())
                .as(each.name())
                .isBetween(Quantity.LOGITS.tolerance(Device.CPU), 2.5e-2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"logits_one_by_one", "logits_padded_batch"})
  void aLogitBeyondItsToleranceFails(String field) throws IOException {
    String logits = "\"" + field + "\": [-0.275";
    replace("backbones/bert/expected.json", logits, logits.replace("-0.275", "-0.276"));
    SelfTest test = run(fixtures);
    assertThat(test.failed()).isOne();
    Check bert = test.checks().getFirst();
    assertThat(bert.name()).isEqualTo("bert");
    assertThat(bert.passed()).isFalse();
    assertThat(bert.deviation()).isCloseTo(1e-3, within(1e-6));
    assertThat(bert.tolerance()).isEqualTo(1e-5);
  }

  @Test
  void aLossBeyondItsToleranceFailsInBothPrecisions() throws IOException {
    replace("objectives.json", "\"loss\": 0.62422", "\"loss\": 0.62429");
    SelfTest test = run(fixtures);
    assertThat(test.checks())
        .filteredOn(each -> !each.passed())
        .hasSize(2)
        .allMatch(each -> each.name().startsWith("BCE case 1"))
        .allSatisfy(each -> assertThat(each.deviation()).isCloseTo(1.1e-4, within(1e-5)));
  }

  @Test
  void whatIsNotFiniteFails() throws IOException {
    weights("classifier.weight", 0, 3e38f);
    weights("classifier.weight", 1, 3e38f);
    weights("bert.pooler.dense.bias", 0, 100);
    weights("bert.pooler.dense.bias", 1, 100);
    Check bert = run(fixtures).checks().getFirst();
    assertThat(bert.deviation()).isInfinite();
    assertThat(bert.passed()).isFalse();
    assertThat(new Check("", Quantity.LOGITS, Double.NaN, 1).passed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.json   | \"model_type\": \"bert\" | \"model_type\": \"gpt2\" | has model_type [gpt2]; computed is [bert, electra",
        "config.json   | {                        | [                        | config.json] is not JSON",
        "expected.json | {                        | [                        | expected.json] is no JSON",
        "expected.json | \"input_ids\"            | \"ids\"                  | [input_ids] is [], not rows of numbers",
        "expected.json | \"logits_one_by_one\": [ | \"logits_one_by_one\": [1, | [logits_one_by_one] is [[1,-0.2",
        "expected.json | \"logits_one_by_one\": [ | \"logits_one_by_one\": [NaN, | expected.json] is no JSON: Non-standard token 'NaN'",
        "expected.json | \"logits_padded_batch\"  | \"logits\"               | [logits_padded_batch] is [], not 5 numbers",
        "expected.json | \"input_ids\": [[        | \"input_ids\": [[500,     | [token_type_ids] has rows of [11, 30, 5, 165, 298] numbers, [input_ids] of [12, 30,",
        "expected.json | \"token_type_ids\": [[0  | \"token_type_ids\": [[2   | [token_type_ids] has [2.0], not a whole number from 0 to 1",
      })
  void aMalformedBackboneIsNamedWithFileAndField(
      String file, String part, String instead, String message) throws IOException {
    replace("backbones/bert/" + file, part, instead);
    assertRefused(fixtures, "bert", message);
  }

  @Test
  void anIdBeyondTheVocabularyIsNamed() throws IOException {
    replace("backbones/bert/config.json", "\"vocab_size\": 500", "\"vocab_size\": 400");
    shorten("bert.embeddings.word_embeddings.weight", 400);
    assertRefused(
        fixtures, "expected.json]: [input_ids] has [", "not a whole number from 0 to 399");
  }

  @Test
  void aPairBeyondThePositionsIsNamed() throws IOException {
    replace(
        "backbones/bert/config.json",
        "\"max_position_embeddings\": 512",
        "\"max_position_embeddings\": 200");
    shorten("bert.embeddings.position_embeddings.weight", 200);
    assertRefused(fixtures, "expected.json]: [input_ids] has a row of [298] ids for 200");
  }

  @Test
  void weightsThatAreNoNumbersOrLackAHeadAreNamed() throws IOException {
    weights("classifier.bias", 0, Float.NaN);
    assertRefused(fixtures, "model.safetensors] has [NaN] in [classifier.bias]");
    SequencedMap<String, FloatTensor> tensors = SafetensorsFile.read(safetensors());
    tensors.remove("classifier.bias");
    write(tensors);
    assertRefused(fixtures, "model.safetensors] lacks [classifier.bias]");
  }

  @Test
  void missingAndEmptyFoldersAreNamed(@TempDir Path empty) throws IOException {
    assertRefused(empty.resolve("none"), "none/objectives.json] is no file", "[backbones]");
    Files.copy(fixtures.resolve("objectives.json"), empty.resolve("objectives.json"));
    assertRefused(empty, "backbones] is no folder");
    Files.createDirectory(empty.resolve("backbones"));
    assertRefused(empty, "backbones] has no folders", "expected.json");
    Files.createDirectory(empty.resolve("backbones/bert"));
    assertRefused(empty, "bert/expected.json] is no file");
    Files.delete(fixtures.resolve("backbones/bert/model.safetensors"));
    assertRefused(fixtures, "bert] has none of [model.safetensors");
  }

  @Test
  void cudaThatIsNotThereIsRefusedWithWhatIsMissing() {
    assumeFalse(torch.cuda_is_available(), "skipped: this machine has a GPU");
    assertThatThrownBy(() ->
            SelfTest.run(RESOURCES, Device.named("cuda"), Precision.FLOAT32, Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("device [cuda]", "STILLRANK_CUDA=1", "choose [cpu]");
    assertThatThrownBy(() -> Device.named("tpu"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("device [tpu] is none of [cpu, cuda]");
  }

  private static void assertRefused(Path folder, String... message) {
    assertThatThrownBy(() -> run(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(message);
  }

  private void replace(String name, String part, String instead) throws IOException {
    Path file = fixtures.resolve(name);
    String content = Files.readString(file);
    assertThat(content).contains(part);
    int at = content.indexOf(part);
    Files.writeString(
        file, content.substring(0, at) + instead + content.substring(at + part.length()));
  }

  private Path safetensors() {
    return fixtures.resolve("backbones/bert/model.safetensors");
  }

  private void weights(String tensor, int index, float value) throws IOException {
    SequencedMap<String, FloatTensor> tensors = SafetensorsFile.read(safetensors());
    tensors.get(tensor).values()[index] = value;
    write(tensors);
  }

  /** Keeps the first rows of a table. */
  private void shorten(String table, int rows) throws IOException {
    SequencedMap<String, FloatTensor> tensors = SafetensorsFile.read(safetensors());
    FloatTensor whole = tensors.get(table);
    int width = (int) whole.shape()[1];
    float[] kept = Arrays.copyOf(whole.values(), rows * width);
    tensors.put(table, new FloatTensor(new long[] {rows, width}, kept));
    write(tensors);
  }

  private void write(SequencedMap<String, FloatTensor> tensors) throws IOException {
    AtomicOutput.file(safetensors(), out -> SafetensorsFile.write(out, tensors));
  }
}
