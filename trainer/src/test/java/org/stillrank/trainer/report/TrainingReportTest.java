/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.log.StepRecord;
import org.stillrank.trainer.log.TrainingLog;
import org.stillrank.trainer.log.ValidationRecord;
import org.w3c.dom.Element;

class TrainingReportTest {
  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

  @TempDir private Path output;

  @Test
  void thePageTellsWhatTheTrainingIsAndHowFarItIs() throws Exception {
    log(300);
    new RunDescription(
            "tiny",
            "models/<start> & co",
            "1.0 * infonce",
            null,
            "40 lists",
            "learning rate 1.0e-5",
            "nDCG@10 of 5 held-out queries",
            1000)
        .write(output);
    Path page = TrainingReport.write(output);
    assertThat(page).isEqualTo(output.resolve("report.html"));
    String html = Files.readString(page);
    assertThat(html)
        .contains("<h1>tiny</h1>", "300 of 1,000 steps")
        .contains("models/&lt;start&gt; &amp; co", "1.0 * infonce", "<dd>none</dd>")
        .contains("<dd>0.8000 after step 200</dd>", "best: 0.8000 after step 200")
        .contains("<dd>2.0000, mean of the last 7 steps</dd>", "<dd>20.0 pairs/s, 2,000 tokens/s")
        .contains("<tr class=\"best\"><td>200</td><td>nDCG@10</td><td>0.8000</td>")
        .doesNotContain("<script", "http:", "https:");
    List<String> plots = SVG.matcher(html).results().map(MatchResult::group).toList();
    assertThat(plots)
        .extracting(plot -> parsed(plot).getAttribute("aria-label"))
        .containsExactly(
            "Loss: of each step, by optimiser step",
            "Validation: nDCG@10 of the held-out queries, by optimiser step",
            "Learning rate: of each step, by optimiser step",
            "Gradient norm: before clipping, by optimiser step",
            "Speed: pairs a second, by optimiser step");
  }

  @Test
  void aTrainingWithoutADescriptionIsCalledAsItsFolder() throws IOException {
    log(1);
    String html = Files.readString(TrainingReport.write(output));
    assertThat(html)
        .contains("<h1>" + output.getFileName() + "</h1>", ">1 steps, last logged")
        .doesNotContain("Validation", "mean of 1");
  }

  @Test
  void aDamagedDescriptionIsNamed() throws IOException {
    log(1);
    Files.writeString(output.resolve("run.json"), "{");
    assertThatThrownBy(() -> TrainingReport.write(output))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("run.json] is no description", "delete it");
    assertThat(output.resolve("report.html")).doesNotExist();
  }

  @Test
  void theMeanIsOverNeighboursOnBothSides() {
    assertThat(new MovingMean(3).of(List.of(3.0, 6.0, 9.0, 0.0)))
        .containsExactly(4.5, 6.0, 5.0, 4.5);
    assertThat(new MovingMean(1).of(List.of(3.0, 6.0))).containsExactly(3.0, 6.0);
    assertThat(IntStream.of(1, 99, 100, 2200).map(steps -> MovingMean.ofSteps(steps).width()))
        .containsExactly(1, 1, 3, 45);
  }

  /** Losses fall from 4 to 2 in the first half and stay there; validations come every 100 steps. */
  private void log(int steps) throws IOException {
    try (TrainingLog log = TrainingLog.continuedAfter(output.resolve("log.jsonl"), 0)) {
      for (int step = 1; step <= steps; step++) {
        double loss = Math.max(2, 4 - 4.0 * step / steps);
        log.add(new StepRecord(step, loss, 1e-5, 1.5, 20, 2000));
        if (step % 100 == 0) {
          double value = step == 200 ? .8 : .7;
          log.add(new ValidationRecord(step, "nDCG@10", value, Math.min(step, 200), 1, Map.of()));
        }
      }
    }
  }

  private static Element parsed(String svg) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError(svg, e);
    }
  }
}
