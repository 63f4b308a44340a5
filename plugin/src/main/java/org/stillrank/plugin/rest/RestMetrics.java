/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rest;

import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestRequest.Method;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.rest.action.RestResponseListener;
import org.stillrank.plugin.administration.ModelsAction;
import org.stillrank.plugin.administration.ModelsRequest;
import org.stillrank.plugin.administration.ModelsResponse;

/** {@code GET /_stillrank/_metrics}: the statistics of all nodes for Prometheus. */
public final class RestMetrics extends BaseRestHandler {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  @Override
  public String getName() {
    return "stillrank_metrics";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route(Method.GET, "/_stillrank/_metrics"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    return channel ->
        client.execute(
            ModelsAction.TYPE,
            new ModelsRequest(null),
            new RestResponseListener<ModelsResponse>(channel) {
              @Override
              public RestResponse buildResponse(ModelsResponse response) {
                return new RestResponse(
                    RestStatus.OK, TYPE, PrometheusText.of(response.getNodes()));
              }
            });
  }
}
