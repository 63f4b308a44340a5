/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** One transformer layer: attention and feed-forward, each with residual and LayerNorm after. */
final class BertLayer {
  private final Network network;
  private final String name;

  BertLayer(Network network, int index) {
    this.network = network;
    this.name = BertParameters.layer(index);
  }

  /**
   * @param tokens [pairs, length, hidden], attended to
   * @param readers [pairs, readers, hidden], the tokens whose new vectors are wanted
   * @param mask which tokens may be attended to: bool [pairs, 1, 1, length], or empty for all
   * @return [pairs, readers, hidden]
   */
  Tensor apply(Tensor tokens, Tensor readers, TensorOptional mask) {
    Tensor query = heads(network.linear(name + "attention.self.query", readers));
    Tensor key = heads(network.linear(name + "attention.self.key", tokens));
    Tensor value = heads(network.linear(name + "attention.self.value", tokens));
    Tensor context =
        torch.scaled_dot_product_attention(
            query,
            key,
            value,
            mask,
            network.attentionDropout(),
            false,
            new DoubleOptional(),
            false);
    Tensor joined =
        context.transpose(1, 2).reshape(readers.size(0), readers.size(1), readers.size(2));
    Tensor attended = residual("attention.output", joined, readers);
    Tensor inner = torch.gelu(network.linear(name + "intermediate.dense", attended));
    return residual("output", inner, attended);
  }

  private Tensor residual(String block, Tensor input, Tensor skipped) {
    Tensor projected = network.dropout(network.linear(name + block + ".dense", input));
    return network.norm(name + block + ".LayerNorm", projected.add(skipped));
  }

  private Tensor heads(Tensor states) {
    EncoderConfig config = network.config();
    return states
        .view(states.size(0), states.size(1), config.heads(), config.headSize())
        .transpose(1, 2);
  }
}
