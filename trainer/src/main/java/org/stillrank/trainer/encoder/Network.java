/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The blocks BERT is made of, applied with parameters found by name. */
final class Network {
  private final EncoderConfig config;
  private final Map<String, Tensor> parameters;
  private boolean training;
  private LinearObserver observer = LinearObserver.NONE;

  Network(EncoderConfig config, Map<String, Tensor> parameters) {
    this.config = config;
    this.parameters = parameters;
  }

  void dropoutActive(boolean active) {
    training = active;
  }

  void observe(LinearObserver chosen) {
    observer = chosen;
  }

  EncoderConfig config() {
    return config;
  }

  Tensor lookup(String table, Tensor ids) {
    return torch.embedding(weight(table), ids);
  }

  Tensor linear(String name, Tensor input) {
    observer.sees(name + ".weight", input);
    return torch.linear(input, weight(name), new TensorOptional(bias(name)));
  }

  Tensor norm(String name, Tensor input) {
    return torch.layer_norm(
        input,
        new long[] {config.hiddenSize()},
        new TensorOptional(weight(name)),
        new TensorOptional(bias(name)),
        config.layerNormEpsilon(),
        false);
  }

  Tensor dropout(Tensor input) {
    return training && config.hiddenDropout() > 0
        ? torch.dropout(input, config.hiddenDropout(), true)
        : input;
  }

  double attentionDropout() {
    return training ? config.attentionDropout() : 0;
  }

  Tensor weight(String name) {
    return parameter(name + ".weight");
  }

  private Tensor bias(String name) {
    return parameter(name + ".bias");
  }

  private Tensor parameter(String name) {
    Tensor found = parameters.get(name);
    if (found == null) {
      throw new IllegalStateException("no parameter [" + name + "]");
    }
    return found;
  }
}
