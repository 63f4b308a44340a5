/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;
import org.stillrank.reranker.input.InvalidInputException;

/** A cross-encoder of any family, computed by libtorch. */
public final class TransformerEncoder implements Encoder {
  private final Architecture architecture;
  private final SequencedMap<String, Tensor> parameters;
  private Precision precision = Precision.FLOAT32;
  private LinearObserver observer = LinearObserver.NONE;
  private boolean training;

  private TransformerEncoder(Architecture architecture, SequencedMap<String, Tensor> parameters) {
    this.architecture = architecture;
    this.parameters = parameters;
  }

  /**
   * Takes over the given tensors, which begin to require gradients.
   *
   * @param parameters exactly those of {@link Architecture#parameters}, all float32 or all float64,
   *     all on the device that is to compute
   */
  public static TransformerEncoder over(Architecture architecture, Map<String, Tensor> parameters) {
    SequencedMap<String, Tensor> owned = new LinkedHashMap<>();
    for (Parameter parameter : architecture.parameters().values()) {
      Tensor tensor = parameters.get(parameter.name());
      if (tensor == null || !Arrays.equals(tensor.shape(), parameter.shape())) {
        throw new IllegalArgumentException(
            "parameter ["
                + parameter.name()
                + "] is not there as "
                + Arrays.toString(parameter.shape()));
      }
      owned.put(parameter.name(), tensor);
    }
    if (owned.size() != parameters.size()) {
      throw new IllegalArgumentException(
          parameters.size() + " parameters given, " + owned.size() + " needed");
    }
    for (Tensor tensor : owned.values()) {
      // A scope that happens to be open where the encoder is made must not free what it owns.
      tensor.retainReference();
      tensor.requires_grad_(true);
    }
    return new TransformerEncoder(architecture, Collections.unmodifiableSequencedMap(owned));
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public SequencedMap<String, Tensor> parameters() {
    return parameters;
  }

  @Override
  public Tensor logits(TokenBatch batch) {
    requireFit(batch);
    return Temporaries.discarding(() -> {
      Tensor parameter = parameters.firstEntry().getValue();
      Operations<Tensor> operations =
          new TorchOperations(
              parameters,
              architecture.sizes().normEpsilon(),
              training,
              observer,
              batch.beside(parameter));
      Tensor vector =
          precision.computing(parameter.device().type(), () -> architecture.vector(operations));
      Tensor typed = vector.to(parameter.scalar_type());
      return architecture.logit(operations, typed).squeeze(1);
    });
  }

  private void requireFit(TokenBatch batch) {
    if (batch.length() > architecture.longestPair()) {
      throw new IllegalArgumentException(
          "a pair of "
              + batch.length()
              + " tokens, but positions for "
              + architecture.longestPair());
    }
    int vocabulary = architecture.sizes().vocabulary();
    if (batch.largestId() >= vocabulary) {
      throw new InvalidInputException(
          "the tokenizer gives token ["
              + batch.largestId()
              + "], but the encoder's vocabulary has ["
              + vocabulary
              + "]; use the tokenizer.json that came with the weights");
    }
  }

  @Override
  public void computeIn(Precision chosen) {
    precision = chosen;
  }

  @Override
  public void observe(LinearObserver chosen) {
    observer = chosen;
  }

  @Override
  public void training() {
    training = true;
  }

  @Override
  public void evaluation() {
    training = false;
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
  }
}
