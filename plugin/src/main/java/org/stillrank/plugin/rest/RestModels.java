/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rest;

import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestHandler;
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

/** What asks all nodes for their models, or makes them do something with one. */
public final class RestModels extends BaseRestHandler {
  private static final String MODEL = "/_stillrank/models/{model}";

  private enum Shown {
    STATE,
    STATISTICS
  }

  private final String name;
  private final List<Route> routes;
  private final ActionType<ModelsResponse> action;
  private final Map<String, String> shown;

  private RestModels(
      String name, List<Route> routes, ActionType<ModelsResponse> action, Shown shown) {
    this.name = name;
    this.routes = routes;
    this.action = action;
    this.shown = Map.of(ModelStatus.STATISTICS, Boolean.toString(shown == Shown.STATISTICS));
  }

  /**
   * {@code GET /_stillrank/models}, one of them, {@code GET /_stillrank/_stats}, reload, unload.
   */
  public static List<RestHandler> all() {
    return List.of(
        new RestModels(
            "stillrank_models",
            List.of(new Route(Method.GET, "/_stillrank/models"), new Route(Method.GET, MODEL)),
            ModelsAction.TYPE,
            Shown.STATE),
        new RestModels(
            "stillrank_statistics",
            List.of(new Route(Method.GET, "/_stillrank/_stats")),
            ModelsAction.TYPE,
            Shown.STATISTICS),
        new RestModels(
            "stillrank_reload",
            List.of(new Route(Method.POST, MODEL + "/_reload")),
            ReloadAction.TYPE,
            Shown.STATE),
        new RestModels(
            "stillrank_unload",
            List.of(new Route(Method.POST, MODEL + "/_unload")),
            UnloadAction.TYPE,
            Shown.STATE));
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    String model = request.param("model");
    if (model != null && !ModelId.isValid(model)) {
      throw new IllegalArgumentException("[model] is [" + model + "]; " + ModelId.RULE);
    }
    ModelsRequest asked = new ModelsRequest(model);
    return channel ->
        client.execute(
            action,
            asked,
            new RestChunkedToXContentListener<>(
                channel, new ToXContent.DelegatingMapParams(shown, request)));
  }
}
