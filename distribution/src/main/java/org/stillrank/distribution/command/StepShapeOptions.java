/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.trainer.benchmark.BackboneShape;
import org.stillrank.trainer.benchmark.StepShape;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Precision;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which steps are benchmarked: each value of an option with each of the others. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StepShapeOptions {
  private static final String DEFAULT_BACKBONE = "minilm-l6";

  /** Of which networks. */
  static final class Networks {
    @Option(
        names = "--backbone",
        paramLabel = "NAME",
        split = ",",
        description = "Names of config/backbones; weights are drawn. Default: " + DEFAULT_BACKBONE)
    private @Nullable List<String> backbones;

    @Option(
        names = "--model",
        paramLabel = "FOLDER",
        description = "The shape of a Hugging Face folder; its weights are not read.")
    private @Nullable Path folder;
  }

  @ArgGroup private @Nullable Networks networks;

  @Option(
      names = "--batch",
      paramLabel = "PAIRS",
      split = ",",
      description = "Pairs of a step, a multiple of " + StepShape.LIST + ".",
      defaultValue = "32")
  private List<Integer> batches;

  @Option(
      names = "--length",
      paramLabel = "TOKENS",
      split = ",",
      description = "Tokens of a pair; with --texts the most that are kept.",
      defaultValue = "128")
  private List<Integer> lengths;

  @Option(
      names = "--precision",
      split = ",",
      description = "Of the layers: ${COMPLETION-CANDIDATES}.",
      defaultValue = "FLOAT32")
  private List<Precision> precisions;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda",
      description = "Where to compute. Default: ${DEFAULT-VALUE}.",
      defaultValue = "cpu")
  private String device;

  List<StepShape> shapes() throws IOException {
    Device on = Device.named(device);
    List<StepShape> shapes = new ArrayList<>();
    for (BackboneShape backbone : backbones()) {
      for (int batch : batches) {
        for (int length : lengths) {
          for (Precision precision : precisions) {
            shapes.add(
                new StepShape(
                    backbone.name(), backbone.architecture(), batch, length, precision, on));
          }
        }
      }
    }
    return shapes;
  }

  private List<BackboneShape> backbones() throws IOException {
    if (networks != null && networks.folder != null) {
      return List.of(BackboneShape.of(networks.folder));
    }
    List<String> names =
        networks == null || networks.backbones == null
            ? List.of(DEFAULT_BACKBONE)
            : networks.backbones;
    List<BackboneShape> shapes = new ArrayList<>();
    for (String name : names) {
      shapes.add(BackboneShape.named(name, root().resolve("config/backbones")));
    }
    return shapes;
  }

  /** The tokenizer of the model's folder, or of the bundle that comes with Stillrank. */
  Path tokenizer() {
    return networks != null && networks.folder != null
        ? networks.folder.resolve("tokenizer.json")
        : root().resolve("distribution/bundles/base/tokenizer.json");
  }

  private static Path root() {
    return Path.of(System.getProperty("stillrank.root", "."));
  }
}
