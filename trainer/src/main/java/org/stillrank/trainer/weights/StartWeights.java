/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.config.Weights;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.BertLike;
import org.stillrank.trainer.encoder.ConfigJson;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Dropout;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.Parameter;
import org.stillrank.trainer.encoder.TransformerEncoder;

/**
 * What training starts from: a pretrained body, and a head that is pretrained too or freshly drawn.
 *
 * @param architecture the network
 * @param tensors every parameter by its Hugging Face name
 * @param fresh names that no file gave and a seed drew
 */
public record StartWeights(
    Architecture architecture, SequencedMap<String, FloatTensor> tensors, List<String> fresh) {

  /**
   * Loads what a config names.
   *
   * @throws InvalidInputException when files are missing, damaged, or hold another network, or have
   *     no such layers
   */
  public static StartWeights load(TrainingConfig config) throws IOException {
    Weights weights = config.start();
    long seed = config.optimisation().seed();
    StartWeights whole =
        weights.isMaven()
            ? ofOnnx(ModelFiles.onnx(weights), seed)
            : ofLocal(Path.of(weights.location()), seed);
    return config.startLayers() == null ? whole : KeptLayers.of(config.startLayers()).in(whole);
  }

  private static StartWeights ofLocal(Path folder, long seed) throws IOException {
    return BundleManifest.isIn(folder) ? ofBundle(folder) : ofFolder(folder, seed);
  }

  /** Loads a bundle that a training wrote, which is whole. */
  public static StartWeights ofBundle(Path folder) throws IOException {
    BundleWeights bundle = BundleWeights.read(folder);
    return new StartWeights(bundle.architecture(), bundle.tensors(), List.of());
  }

  /**
   * Loads a Hugging Face folder: {@code config.json} with weights that {@link WeightFiles} finds,
   * or {@code model.onnx} of an uncased English BERT body alone.
   */
  public static StartWeights ofFolder(Path folder, long seed) {
    WeightFiles weights = WeightFiles.in(folder);
    Path config = folder.resolve("config.json");
    if (weights.format() == WeightFormat.ONNX && !Files.exists(config)) {
      return ofOnnx(weights.file(), seed);
    }
    Architecture architecture = ConfigJson.read(config);
    return complete(weights.file(), architecture, weights.read(), seed);
  }

  /** Loads the ONNX export of an uncased English BERT body. */
  public static StartWeights ofOnnx(Path file, long seed) {
    OnnxWeights weights = OnnxWeights.read(file);
    return complete(file, shapeOf(file, weights), weights.tensors(), seed);
  }

  /** Makes an encoder with these weights on the processor; the caller's. */
  public Encoder encoder() {
    return encoder(Device.CPU);
  }

  /** Makes an encoder with these weights on a device that is opened; the caller's. */
  public Encoder encoder(Device device) {
    SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      try (Tensor made = tensor.toNative()) {
        parameters.put(name, device.place(made));
      }
    });
    return TransformerEncoder.over(architecture, parameters);
  }

  /** The same weights in a network with other dropout probabilities. */
  public StartWeights withDropout(Dropout dropout) {
    return new StartWeights(architecture.withDropout(dropout), tensors, fresh);
  }

  private static BertLike shapeOf(Path file, OnnxWeights weights) {
    long[] words = shape(file, weights, "embeddings.word_embeddings.weight");
    int layers = 0;
    while (weights.tensors().containsKey("encoder.layer." + layers + ".output.dense.weight")) {
      layers++;
    }
    long[] inner = shape(file, weights, "encoder.layer.0.intermediate.dense.bias");
    int hidden = Math.toIntExact(words[1]);
    BertLike usual =
        BertLike.bertUncased(
            layers, hidden, hidden / weights.headSize(), Math.toIntExact(inner[0]));
    return usual.withTables(
        Math.toIntExact(words[0]),
        Math.toIntExact(shape(file, weights, "embeddings.position_embeddings.weight")[0]),
        Math.toIntExact(shape(file, weights, "embeddings.token_type_embeddings.weight")[0]));
  }

  private static long[] shape(Path file, OnnxWeights weights, String name) {
    FloatTensor tensor = weights.tensors().get(name);
    if (tensor == null) {
      throw new InvalidInputException(
          "["
              + file
              + "] has no ["
              + name
              + "], as the export of a BERT body has; put the model's config.json beside it");
    }
    return tensor.shape();
  }

  private static StartWeights complete(
      Path file, Architecture architecture, Map<String, FloatTensor> read, long seed) {
    Map<String, FloatTensor> given = HuggingFaceNames.ofCrossEncoder(architecture, read);
    SequencedMap<String, FloatTensor> tensors = new LinkedHashMap<>();
    List<String> fresh = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    Random random = new Random(seed);
    for (Parameter parameter : architecture.parameters().values()) {
      String name = parameter.name();
      FloatTensor tensor = given.remove(name);
      if (tensor == null && parameter.part() == Parameter.Part.BODY) {
        missing.add(name);
      } else if (tensor == null) {
        fresh.add(name);
        tensors.put(name, FreshWeights.draw(parameter, random));
      } else if (!Arrays.equals(tensor.shape(), parameter.shape())) {
        misshapen.add(
            name
                + " is "
                + Arrays.toString(tensor.shape())
                + ", not "
                + Arrays.toString(parameter.shape()));
      } else {
        tensors.put(name, tensor);
      }
    }
    if (!missing.isEmpty() || !misshapen.isEmpty() || !given.isEmpty()) {
      throw new InvalidInputException(
          "["
              + file
              + "] does not hold the network that its config describes: missing "
              + missing
              + ", unexpected "
              + given.keySet()
              + ", of another shape "
              + misshapen
              + "; give the files of one cross-encoder or body");
    }
    return new StartWeights(architecture, tensors, List.copyOf(fresh));
  }
}
