/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import org.elasticsearch.action.support.nodes.BaseNodesRequest;
import org.jspecify.annotations.Nullable;

/** What is asked of every node. */
public final class ModelsRequest extends BaseNodesRequest {

  /** What a node does before it answers with its models. */
  public enum Operation {
    /** Nothing. */
    LIST,
    /** Opens the one that is named anew. */
    RELOAD
  }

  private final Operation operation;
  private final @Nullable String model;

  /**
   * @param model its id; null for all
   */
  public ModelsRequest(Operation operation, @Nullable String model) {
    super(new String[0]);
    this.operation = operation;
    this.model = model;
  }

  Operation operation() {
    return operation;
  }

  @Nullable String model() {
    return model;
  }
}
