/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Precision;

/**
 * Encoders and objectives of this build beside what another implementation computed.
 *
 * @param backbones how many cross-encoders were scored with
 * @param objectiveCases how many cases of objectives were computed
 * @param checks every comparison
 */
public record SelfTest(int backbones, int objectiveCases, List<Check> checks) {
  public SelfTest {
    checks = List.copyOf(checks);
  }

  /**
   * Checks every folder below {@code backbones} and every case of {@code objectives.json}.
   *
   * @param fixtures the folder with both
   * @param precision of the encoders' layers; objectives are computed in float32 and float64
   * @throws InvalidInputException when the device or a fixture cannot be used, naming file and
   *     field
   */
  public static SelfTest run(
      Path fixtures, Device device, Precision precision, Progress.Display display)
      throws IOException {
    device.open();
    List<ObjectiveCase> objectives = ObjectiveCases.read(fixtures.resolve("objectives.json"));
    List<Path> backbones = BackboneCases.folders(fixtures.resolve("backbones"));
    List<Check> checks = new ArrayList<>();
    try (Progress progress = display.start("Self test", backbones.size() + objectives.size())) {
      for (Path folder : backbones) {
        BackboneCase each = BackboneCases.read(folder);
        double deviation = each.deviation(device, precision);
        checks.add(check(each.name(), Quantity.logits(precision), deviation, device));
        progress.step(1);
      }
      for (ObjectiveCase each : objectives) {
        checks.add(check(each, Quantity.OBJECTIVE_FLOAT32, ScalarType.Float, device));
        checks.add(check(each, Quantity.OBJECTIVE_FLOAT64, ScalarType.Double, device));
        progress.step(1);
      }
    }
    return new SelfTest(backbones.size(), objectives.size(), checks);
  }

  /** How many checks are beyond their tolerance. */
  public long failed() {
    return checks.stream().filter(each -> !each.passed()).count();
  }

  private static Check check(
      ObjectiveCase each, Quantity quantity, ScalarType type, Device device) {
    return check(each.name(), quantity, each.deviation(type, device).largest(), device);
  }

  private static Check check(String name, Quantity quantity, double deviation, Device device) {
    return new Check(name, quantity, deviation, quantity.tolerance(device));
  }
}
