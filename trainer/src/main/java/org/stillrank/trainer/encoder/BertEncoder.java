/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * BERT (and MiniLM) with the head of transformers' {@code BertForSequenceClassification}: pooler on
 * [CLS], dropout, one output.
 *
 * <p>The head reads only [CLS], so the last layer computes only that token: the same logits for a
 * seventh less work in six layers.
 */
public final class BertEncoder implements Encoder {
  private final EncoderConfig config;
  private final SequencedMap<String, Tensor> parameters;
  private final Network network;
  private final List<BertLayer> layers;
  private Precision precision = Precision.FLOAT32;

  private BertEncoder(EncoderConfig config, SequencedMap<String, Tensor> parameters) {
    this.config = config;
    this.parameters = parameters;
    this.network = new Network(config, parameters);
    this.layers =
        IntStream.range(0, config.layers())
            .mapToObj(index -> new BertLayer(network, index))
            .toList();
  }

  /**
   * Takes over the given tensors, which begin to require gradients.
   *
   * @param parameters exactly those of {@link BertParameters#shapes}
   */
  public static BertEncoder over(EncoderConfig config, Map<String, Tensor> parameters) {
    SequencedMap<String, Tensor> owned = new LinkedHashMap<>();
    BertParameters.shapes(config)
        .forEach((name, shape) -> {
          Tensor tensor = parameters.get(name);
          if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException(
                "parameter [" + name + "] is not there as " + Arrays.toString(shape));
          }
          owned.put(name, tensor);
        });
    if (owned.size() != parameters.size()) {
      throw new IllegalArgumentException(
          parameters.size() + " parameters given, " + owned.size() + " needed");
    }
    for (Tensor tensor : owned.values()) {
      // A scope that happens to be open where the encoder is made must not free what it owns.
      tensor.retainReference();
      tensor.requires_grad_(true);
    }
    return new BertEncoder(config, Collections.unmodifiableSequencedMap(owned));
  }

  @Override
  public EncoderConfig config() {
    return config;
  }

  @Override
  public SequencedMap<String, Tensor> parameters() {
    return parameters;
  }

  @Override
  public Tensor logits(TokenBatch batch) {
    if (batch.length() > config.maxPositions()) {
      throw new IllegalArgumentException(
          "a pair of " + batch.length() + " tokens, but " + config.maxPositions() + " positions");
    }
    if (batch.largestId() >= config.vocabularySize()) {
      throw new InvalidInputException(
          "the tokenizer gives token ["
              + batch.largestId()
              + "], but the encoder's vocabulary has ["
              + config.vocabularySize()
              + "]; use the tokenizer.json that came with the weights");
    }
    return Temporaries.discarding(
        () -> score(precision.computing(() -> cls(batch)).to(torch.ScalarType.Float)));
  }

  /** The last layer's vectors of [CLS], [pairs, hidden]. */
  private Tensor cls(TokenBatch batch) {
    TensorOptional mask = mask(batch);
    Tensor states = Temporaries.discarding(() -> embed(batch));
    for (BertLayer layer : layers) {
      states = next(layer, states, mask);
    }
    return states.select(1, 0);
  }

  private Tensor next(BertLayer layer, Tensor states, TensorOptional mask) {
    return Temporaries.discarding(() -> {
      Tensor readers = layer == layers.getLast() ? states.narrow(1, 0, 1) : states;
      return layer.apply(states, readers, mask);
    });
  }

  private TensorOptional mask(TokenBatch batch) {
    return batch.padded()
        ? new TensorOptional(batch.attended().view(batch.pairs(), 1, 1, batch.length()))
        : new TensorOptional();
  }

  private Tensor embed(TokenBatch batch) {
    String embeddings = BertParameters.EMBEDDINGS;
    Tensor words = network.lookup(embeddings + "word_embeddings", batch.ids());
    Tensor types = network.lookup(embeddings + "token_type_embeddings", batch.typeIds());
    Tensor positions =
        network.weight(embeddings + "position_embeddings").narrow(0, 0, batch.length());
    Tensor sum = words.add(types).add(positions);
    return network.dropout(network.norm(embeddings + "LayerNorm", sum));
  }

  private Tensor score(Tensor cls) {
    Tensor pooled = torch.tanh(network.linear(BertParameters.POOLER, cls));
    return network.linear(BertParameters.CLASSIFIER, network.dropout(pooled)).squeeze(1);
  }

  @Override
  public void computeIn(Precision chosen) {
    precision = chosen;
  }

  @Override
  public void observe(LinearObserver observer) {
    network.observe(observer);
  }

  @Override
  public void training() {
    network.dropoutActive(true);
  }

  @Override
  public void evaluation() {
    network.dropoutActive(false);
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
  }
}
