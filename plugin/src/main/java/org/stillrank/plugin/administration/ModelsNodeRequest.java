/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.transport.AbstractTransportRequest;
import org.jspecify.annotations.Nullable;

/** A {@link ModelsRequest} on its way to one node. */
final class ModelsNodeRequest extends AbstractTransportRequest {
  private final @Nullable String model;

  ModelsNodeRequest(@Nullable String model) {
    this.model = model;
  }

  ModelsNodeRequest(StreamInput in) throws IOException {
    super(in);
    model = in.readOptionalString();
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    out.writeOptionalString(model);
  }

  @Nullable String model() {
    return model;
  }
}
