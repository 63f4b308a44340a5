/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.jspecify.annotations.Nullable;

/** Passages to score on the node that is asked; it never travels to another one. */
public final class ScoreRequest extends ActionRequest {
  private final String model;
  private final String query;
  private final List<String> passages;

  public ScoreRequest(String model, String query, List<String> passages) {
    this.model = model;
    this.query = query;
    this.passages = List.copyOf(passages);
  }

  String model() {
    return model;
  }

  String query() {
    return query;
  }

  List<String> passages() {
    return passages;
  }

  @Override
  public @Nullable ActionRequestValidationException validate() {
    return null;
  }

  @Override
  public Task createTask(
      long id, String type, String action, TaskId parent, Map<String, String> headers) {
    return new CancellableTask(
        id, type, action, passages.size() + " passages by [" + model + "]", parent, headers);
  }
}
