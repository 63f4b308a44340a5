/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rest;

import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestRequest.Method;
import org.elasticsearch.rest.action.RestChunkedToXContentListener;
import org.elasticsearch.xcontent.ToXContent;
import org.stillrank.plugin.administration.ModelsAction;
import org.stillrank.plugin.administration.ModelsRequest;
import org.stillrank.plugin.administration.ModelsResponse;
import org.stillrank.plugin.administration.ReloadAction;
import org.stillrank.plugin.administration.UnloadAction;
import org.stillrank.plugin.model.ModelId;
import org.stillrank.plugin.model.ModelStatus;

/** {@code GET /_stillrank/models}, one of them, {@code GET /_stillrank/_stats}, reload, unload. */
public final class RestModels extends BaseRestHandler {

  @Override
  public String getName() {
    return "stillrank_models";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        new Route(Method.GET, "/_stillrank/models"),
        new Route(Method.GET, "/_stillrank/models/{model}"),
        new Route(Method.GET, "/_stillrank/_stats"),
        new Route(Method.POST, "/_stillrank/models/{model}/_reload"),
        new Route(Method.POST, "/_stillrank/models/{model}/_unload"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    String model = request.param("model");
    if (model != null && !ModelId.isValid(model)) {
      throw new IllegalArgumentException("[model] is [" + model + "]; " + ModelId.RULE);
    }
    ActionType<ModelsResponse> action =
        request.method() == Method.GET
            ? ModelsAction.TYPE
            : request.path().endsWith("/_unload") ? UnloadAction.TYPE : ReloadAction.TYPE;
    ModelsRequest asked = new ModelsRequest(model);
    boolean statistics = request.path().endsWith("/_stats");
    return channel ->
        client.execute(
            action,
            asked,
            new RestChunkedToXContentListener<>(
                channel,
                new ToXContent.DelegatingMapParams(
                    Map.of(ModelStatus.STATISTICS, Boolean.toString(statistics)), request)));
  }
}
