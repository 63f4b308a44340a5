/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Backbone;
import org.stillrank.trainer.encoder.BertLike;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Precision;

class StepFiguresTest {
  @TempDir private Path folder;

  @Test
  void figuresAreOfTheMedians() {
    StepShape shape =
        new StepShape(
            "bert", BertLike.bertUncased(1, 8, 1, 8), 8, 8, Precision.FLOAT32, Device.CPU);
    double forward = MatrixWork.forward(shape.architecture(), 8, 8);
    StepFigures figures =
        new StepFigures(
            shape,
            forward * 10,
            List.of(
                new StepSeconds(.2, .4, .1, .8),
                new StepSeconds(.3, .5, .2, 1.6),
                new StepSeconds(.1, .1, .0, .2)),
            List.of(new StepSeconds(.6, .4, .1, 1.2)),
            "peer");
    assertThat(figures.seconds(StepPart.STEP)).isEqualTo(.8);
    assertThat(figures.pairsPerSecond(StepPart.STEP)).isEqualTo(10, within(1e-9));
    assertThat(figures.tokensPerSecond(StepPart.BACKWARD)).isEqualTo(160, within(1e-9));
    assertThat(figures.shareOfMatrixRate(StepPart.FORWARD)).isEqualTo(.5, within(1e-9));
    assertThat(figures.shareOfMatrixRate(StepPart.BACKWARD)).isEqualTo(.5, within(1e-9));
    assertThat(figures.shareOfMatrixRate(StepPart.STEP)).isEqualTo(.375, within(1e-9));
    assertThat(figures.timesAsFast(StepPart.FORWARD)).isEqualTo(3, within(1e-9));
    assertThat(BenchmarkTable.ofSteps(List.of(figures)).lines())
        .anyMatch(line -> line.matches("bert, 8 x 8, float32 +step +0.800 +10.0 +80 .*38%.*1.50"))
        .anyMatch(line -> line.matches("bert, 8 x 8, float32 +optimiser .* - +- .*"));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aStepIsDoneAndItsPartsAreNotLongerThanIt(Precision precision) throws IOException {
    StepFigures figures =
        StepFigures.measure(
            new StepShape(
                "modernbert",
                Backbone.named("modernbert-cls").architecture(),
                8,
                16,
                precision,
                Device.CPU),
            1,
            1,
            null,
            Progress.silent());
    StepSeconds step = figures.ours().getFirst();
    assertThat(List.of(step.forward(), step.backward(), step.optimiser()))
        .allMatch(seconds -> seconds > 0);
    assertThat(step.forward() + step.backward() + step.optimiser())
        .isLessThanOrEqualTo(step.step());
    assertThat(figures.matrixRate()).isGreaterThan(1e8);
    assertThat(figures.peers()).isEmpty();
  }

  /** It answers as peer_step.py does, and refuses a shape that is not the one asked for. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPeerTakesTurnsOnTheSameShape() throws IOException {
    Path peer = folder.resolve("peer");
    Files.writeString(
        peer,
        """
        #!/bin/sh
        grep -q '"hidden_size" : 48' "$2/config.json" && [ "$3 $4 $5 $6" = "8 16 1 FLOAT32" ] || exit 1
        echo torch 9.9
        while read -r line; do echo 0.5 1.0 0.25 2.0; done
        """);
    assertThat(peer.toFile().setExecutable(true)).isTrue();
    StepFigures figures = StepFigures.measure(shape(), 1, 3, peer.toString(), Progress.silent());
    assertThat(figures.peer()).isEqualTo("torch 9.9");
    assertThat(figures.ours()).hasSize(3);
    assertThat(figures.peers()).hasSize(3).containsOnly(new StepSeconds(.5, 1, .25, 2));
  }

  @Test
  void aMissingPythonIsNamed() {
    assertThatThrownBy(() -> PythonPeer.start("no-such-python", shape(), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("[no-such-python]", "does not start");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPythonWithoutTheLibrariesSaysWhatItSaid() throws IOException {
    Path peer = folder.resolve("peer");
    Files.writeString(peer, "#!/bin/sh\necho No module named torch >&2\nexit 1\n");
    assertThat(peer.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> PythonPeer.start(peer.toString(), shape(), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("pip install", "No module named torch");
  }

  private static StepShape shape() {
    return new StepShape(
        "bert", Backbone.named("bert").architecture(), 8, 16, Precision.FLOAT32, Device.CPU);
  }
}
