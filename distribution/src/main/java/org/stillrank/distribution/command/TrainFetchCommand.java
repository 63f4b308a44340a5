/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.trainer.backbone.BackboneCatalogue;
import org.stillrank.trainer.backbone.BackboneFetch;
import org.stillrank.trainer.backbone.BackboneManifest;
import org.stillrank.trainer.backbone.HubAddress;
import org.stillrank.trainer.backbone.HubClient;
import org.stillrank.trainer.config.BackboneConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stillrank train fetch}. */
@Command(
    name = "fetch",
    description = {
      "Brings a pretrained encoder onto this machine: config.json, weights, tokenizer.",
      "Every file is checked against the hub's checksum.",
      "Ctrl-C keeps what has come; the same command goes on from there."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainFetchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "BACKBONE",
      description = "A file of config/backbones without .yaml, or its hub_id.")
  private String backbone;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Copy this folder, checked in the same way, instead of downloading.")
  private @Nullable Path from;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The new folder. Default: ~/.cache/stillrank/backbones/BACKBONE.")
  private @Nullable Path out;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      defaultValue = "${env:" + HubAddress.ENDPOINT + ":-" + HubAddress.HUB + "}",
      description = "The hub or a mirror of it, also by HF_ENDPOINT. Default: ${DEFAULT-VALUE}.")
  private String endpoint;

  @Override
  public Integer call() throws IOException {
    Path root = Path.of(System.getProperty("stillrank.root", "."));
    BackboneCatalogue catalogue = BackboneCatalogue.read(root.resolve("config/backbones"));
    String name = catalogue.name(backbone);
    BackboneConfig config = catalogue.config(name);
    Path target = out != null ? out : BackboneFetch.defaultHome().resolve(name);
    BackboneFetch fetch = new BackboneFetch(config, target);
    Optional<BackboneManifest> present = fetch.present();
    report(present.isPresent() ? present.get() : fetched(fetch), target);
    return ExitCode.OK;
  }

  private BackboneManifest fetched(BackboneFetch fetch) throws IOException {
    if (from != null) {
      return fetch.copy(from);
    }
    try (HubClient hub = HubClient.at(HubAddress.of(endpoint), System.getenv(HubClient.TOKEN))) {
      return fetch.download(hub, Progress.onStandardError());
    }
  }

  private void report(BackboneManifest manifest, Path target) {
    PrintWriter to = spec.commandLine().getOut();
    to.printf(
        Locale.ROOT,
        "[%s] in %s: %s, licence %s, from %s%n",
        manifest.hubId(),
        target,
        String.join(", ", manifest.sha256().keySet()),
        manifest.licence(),
        manifest.origin());
    to.flush();
  }
}
