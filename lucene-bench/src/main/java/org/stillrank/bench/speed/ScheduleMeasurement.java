/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.Schedule;
import org.stillrank.reranker.scoring.ScoringOptions;

/** Compares the product's schedules with those of the plain runtime on one model. */
public final class ScheduleMeasurement {
  private ScheduleMeasurement() {}

  /**
   * Measures the default schedule.
   *
   * @param others schedules of the product beside its default
   */
  public static SpeedComparison run(
      ModelBundle bundle, SpeedWorkload workload, List<Schedule> others, Progress.Display display)
      throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    return run(bundle, workload, others, RawSchedule.onProcessors(processors), List.of(), display);
  }

  /**
   * Measures the product, the plain runtime and others in turns.
   *
   * @param strangers other ways to the same scores
   */
  public static SpeedComparison run(
      ModelBundle bundle,
      SpeedWorkload workload,
      List<Schedule> others,
      List<RawSchedule> raw,
      List<Contender> strangers,
      Progress.Display display)
      throws IOException {
    List<Schedule> schedules = new ArrayList<>();
    schedules.add(Schedule.forThisMachine());
    schedules.addAll(others);
    List<CrossEncoder> encoders = new ArrayList<>();
    try (RawRuntime runtime = RawRuntime.open(bundle, raw)) {
      List<Contender> contenders = new ArrayList<>();
      for (Schedule schedule : schedules) {
        CrossEncoder encoder =
            CrossEncoder.open(bundle, ScoringOptions.defaults().withSchedule(schedule));
        encoders.add(encoder);
        contenders.add(Contender.of(encoder, schedule));
      }
      raw.forEach(schedule -> contenders.add(runtime.with(schedule)));
      contenders.addAll(strangers);
      return SpeedComparison.run(workload, contenders, display);
    } catch (OrtException e) {
      throw new InvalidInputException(
          "[" + bundle.onnxFile() + "] cannot be run (" + e.getMessage() + "); export it again", e);
    } finally {
      encoders.forEach(CrossEncoder::close);
    }
  }
}
