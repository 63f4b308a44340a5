/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.trainer.config.BackboneConfig;

/**
 * Brings a backbone into a folder of its own, whole or not at all. A download collects its files in
 * {@code OUT.fetching} beside it, where a later one finds what is there already.
 */
public final class BackboneFetch {
  private final BackboneConfig config;
  private final Path out;

  /**
   * @param config what to fetch
   * @param out the folder that gets {@code config.json}, weights, tokenizer and {@code
   *     backbone.json}
   */
  public BackboneFetch(BackboneConfig config, Path out) {
    this.config = config;
    this.out = out.toAbsolutePath().normalize();
  }

  /** Where backbones are kept between runs: {@code .cache/stillrank/backbones} of the user. */
  public static Path defaultHome() {
    return Path.of(System.getProperty("user.home"), ".cache", "stillrank", "backbones");
  }

  /**
   * What is in the folder already; empty where there is nothing.
   *
   * @throws InvalidInputException when it holds something else, or an incomplete backbone
   */
  public Optional<BackboneManifest> present() throws IOException {
    if (!Files.exists(out)) {
      return Optional.empty();
    }
    if (!Files.exists(out.resolve(BackboneManifest.FILE))) {
      throw new InvalidInputException(
          "["
              + out
              + "] is there and was not made by train fetch; delete it, or name another --out");
    }
    BackboneManifest manifest = BackboneManifest.read(out);
    if (!manifest.hubId().equals(config.hubId()) || !manifest.holdsIn(out)) {
      throw new InvalidInputException(
          "["
              + out
              + "] holds ["
              + manifest.hubId()
              + "], not a whole and unchanged ["
              + config.hubId()
              + "]; delete it, or name another --out");
    }
    return Optional.of(manifest);
  }

  /**
   * Copies a folder of this machine.
   *
   * @throws InvalidInputException when it does not hold this backbone
   */
  public BackboneManifest copy(Path from) throws IOException {
    BackboneManifest manifest = manifest(from, from.toAbsolutePath().normalize().toString());
    AtomicOutput.folder(
        out,
        folder -> {
          for (String file : manifest.sha256().keySet()) {
            Files.copy(from.resolve(file), folder.resolve(file));
          }
          manifest.write(folder);
        });
    return manifest;
  }

  /**
   * Downloads from the hub, all files of the same commit.
   *
   * @throws InvalidInputException when the hub has no such model or not all of its files, or does
   *     not give them to this user
   * @throws FetchException when the way to the hub fails, or a file's checksum is wrong
   */
  public BackboneManifest download(HubClient hub, Progress.Display display) throws IOException {
    HubFile configJson = present(hub, config.revision(), List.of(BackboneFolder.CONFIG)).getFirst();
    String commit = configJson.commit();
    List<HubFile> files = new ArrayList<>(List.of(configJson));
    files.add(present(hub, commit, config.weights()).getFirst());
    files.addAll(present(hub, commit, config.tokenizer()));
    Path staging = Files.createDirectories(staging());
    for (HubFile file : files) {
      Download.into(staging.resolve(file.name()), hub, file, display);
    }
    keepOnly(files.stream().map(HubFile::name).toList(), staging);
    BackboneManifest manifest = manifest(staging, hub.address().tree(config.hubId(), commit));
    manifest.write(staging);
    Files.move(staging, out, StandardCopyOption.ATOMIC_MOVE);
    return manifest;
  }

  private BackboneManifest manifest(Path folder, String origin) throws IOException {
    List<String> files = BackboneFolder.files(folder, config);
    return BackboneManifest.of(folder, files, config.hubId(), origin, config.licence());
  }

  private Path staging() {
    return out.resolveSibling(out.getFileName() + ".fetching");
  }

  /** Removes what an earlier download of another commit has left. */
  private static void keepOnly(List<String> names, Path staging) throws IOException {
    try (Stream<Path> entries = Files.list(staging)) {
      for (Path each : entries.toList()) {
        if (!names.contains(String.valueOf(each.getFileName()))) {
          AtomicOutput.delete(each);
        }
      }
    }
  }

  /** Those of the files that the hub has, at least one. */
  private List<HubFile> present(HubClient hub, String revision, List<String> names)
      throws IOException {
    List<HubFile> present = new ArrayList<>();
    for (String name : names) {
      hub.find(config.hubId(), revision, name).ifPresent(present::add);
    }
    if (present.isEmpty()) {
      throw new InvalidInputException(
          "["
              + hub.address().tree(config.hubId(), revision)
              + "] has none of "
              + names
              + " (HTTP 404); check hub_id, revision and files in the backbone's YAML file");
    }
    return present;
  }
}
