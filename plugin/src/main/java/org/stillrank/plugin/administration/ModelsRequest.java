/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import org.elasticsearch.action.support.nodes.BaseNodesRequest;
import org.jspecify.annotations.Nullable;

/** What is asked of every node. */
public final class ModelsRequest extends BaseNodesRequest {
  private final @Nullable String model;

  /**
   * @param model its id; null for all
   */
  public ModelsRequest(@Nullable String model) {
    super(new String[0]);
    this.model = model;
  }

  @Nullable String model() {
    return model;
  }
}
