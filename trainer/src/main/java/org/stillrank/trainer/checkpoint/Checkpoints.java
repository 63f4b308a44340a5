/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.trainer.weights.FloatTensor;
import org.stillrank.trainer.weights.SafetensorsFile;
import tools.jackson.databind.JsonNode;

/**
 * The checkpoints of one training: folders {@code step-00000300} with weights and moments as
 * safetensors and {@code state.json}, and the weights of the best validation as {@code
 * best-00000300.safetensors}.
 *
 * <p>A checkpoint appears whole under a name of its own, and older ones are removed after that, so
 * a full disk or a kill at any moment leaves the last good one. Two are kept.
 */
public final class Checkpoints {
  private static final int KEPT = 2;

  private final Path folder;
  private final JsonNode identity;

  /**
   * @param folder of this training alone; made when something is saved
   * @param identity what the training is; a tree as it would be read from JSON
   */
  public Checkpoints(Path folder, JsonNode identity) {
    this.folder = folder;
    this.identity = identity;
  }

  /**
   * The state of the newest checkpoint.
   *
   * @throws InvalidInputException when it is damaged or belongs to another training
   */
  public Optional<TrainingState> newest() throws IOException {
    List<Path> steps = steps();
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    StateFile file = StateFile.read(steps.getLast());
    List<String> differences = Difference.between(file.identity(), identity);
    if (!differences.isEmpty()) {
      throw new InvalidInputException(
          "checkpoint ["
              + steps.getLast()
              + "] is of another training: "
              + String.join(", ", differences)
              + "; go on with what it was made with, or name another [output] folder");
    }
    return Optional.of(file.state());
  }

  /**
   * Overwrites the tensors with those of a checkpoint.
   *
   * @throws InvalidInputException when a file is missing, changed, or of other shapes
   */
  public void restore(TrainingState state, Snapshot target) throws IOException {
    Path checkpoint = checkpoint(state.step());
    Map<String, String> hashes = StateFile.read(checkpoint).sha256();
    for (Map.Entry<String, SequencedMap<String, Tensor>> each : target.byFile().entrySet()) {
      Path file = checkpoint.resolve(each.getKey());
      if (!Files.isRegularFile(file) || !FileHash.sha256(file).equals(hashes.get(each.getKey()))) {
        throw damaged(checkpoint, each.getKey() + " is missing, cut off or changed", null);
      }
      copy(file, each.getValue());
    }
  }

  /**
   * Overwrites weights with those of the best validation.
   *
   * @throws InvalidInputException when they are missing or damaged
   */
  public void restoreBest(TrainingState.Best best, SequencedMap<String, Tensor> weights) {
    copy(bestFile(best.step()), weights);
  }

  /** Writes a checkpoint, and the weights as the best where they are, then removes older ones. */
  public void save(TrainingState state, Snapshot snapshot) throws IOException {
    if (state.weightsAreBest()) {
      write(bestFile(state.step()), snapshot.weights());
    }
    AtomicOutput.folder(
        checkpoint(state.step()),
        target -> {
          Map<String, String> hashes = new LinkedHashMap<>();
          for (Map.Entry<String, SequencedMap<String, Tensor>> each :
              snapshot.byFile().entrySet()) {
            Path file = target.resolve(each.getKey());
            write(file, each.getValue());
            hashes.put(each.getKey(), FileHash.sha256(file));
          }
          new StateFile(StateFile.FORMAT, state, identity, hashes).write(target);
        });
    removeOlder(state);
  }

  private void removeOlder(TrainingState state) throws IOException {
    // What a kill left behind while it was written.
    for (Path unfinished : named("\\.(step|best)-.*\\.partial")) {
      AtomicOutput.delete(unfinished);
    }
    List<Path> steps = steps();
    for (Path old : steps.subList(0, Math.max(0, steps.size() - KEPT))) {
      AtomicOutput.delete(old);
    }
    TrainingState.Best best = state.best();
    if (best == null) {
      return;
    }
    // The older checkpoint that is kept may still name the best before.
    List<Path> bests = named("best-\\d{8}\\.safetensors");
    for (Path old : bests.subList(0, Math.max(0, bests.size() - KEPT))) {
      if (!old.equals(bestFile(best.step()))) {
        AtomicOutput.delete(old);
      }
    }
  }

  private static void write(Path file, SequencedMap<String, Tensor> tensors) throws IOException {
    AtomicOutput.file(file, out -> SafetensorsFile.write(out, FloatTensor.of(tensors)));
  }

  private static void copy(Path file, SequencedMap<String, Tensor> target) {
    Map<String, FloatTensor> saved = new LinkedHashMap<>(SafetensorsFile.read(file));
    target.forEach((name, tensor) -> {
      FloatTensor source = saved.remove(name);
      if (source == null || !Arrays.equals(source.shape(), tensor.shape())) {
        throw ofAnotherEncoder(file);
      }
      source.copyTo(tensor);
    });
    if (!saved.isEmpty()) {
      throw ofAnotherEncoder(file);
    }
  }

  private static InvalidInputException ofAnotherEncoder(Path file) {
    return new InvalidInputException(
        "["
            + file
            + "] holds other tensors than this encoder has; put the [start] weights back that it was"
            + " made from, or name another [output] folder");
  }

  private Path checkpoint(int step) {
    return folder.resolve(String.format(Locale.ROOT, "step-%08d", step));
  }

  private Path bestFile(int step) {
    return folder.resolve(String.format(Locale.ROOT, "best-%08d.safetensors", step));
  }

  private List<Path> steps() throws IOException {
    return named("step-\\d{8}");
  }

  private List<Path> named(String pattern) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  static InvalidInputException damaged(Path checkpoint, String what, @Nullable Throwable cause) {
    return new InvalidInputException(
        "checkpoint ["
            + checkpoint
            + "] is damaged: "
            + what
            + "; delete this folder to go on from the one before it, or from the start",
        cause);
  }
}
