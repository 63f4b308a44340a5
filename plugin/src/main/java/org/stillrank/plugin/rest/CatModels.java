/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rest;

import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.Table;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestRequest.Method;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.action.RestResponseListener;
import org.elasticsearch.rest.action.cat.AbstractCatAction;
import org.elasticsearch.rest.action.cat.RestTable;
import org.stillrank.plugin.administration.ModelsAction;
import org.stillrank.plugin.administration.ModelsNodeResponse;
import org.stillrank.plugin.administration.ModelsRequest;
import org.stillrank.plugin.administration.ModelsResponse;
import org.stillrank.plugin.model.ModelStatus;
import org.stillrank.plugin.statistics.ModelStatistics;

/** {@code GET /_cat/stillrank}: a line for each model of each node. */
public final class CatModels extends AbstractCatAction {

  @Override
  public String getName() {
    return "cat_stillrank";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route(Method.GET, "/_cat/stillrank"));
  }

  @Override
  protected void documentation(StringBuilder text) {
    text.append("/_cat/stillrank\n");
  }

  @Override
  protected RestChannelConsumer doCatRequest(RestRequest request, NodeClient client) {
    return channel ->
        client.execute(
            ModelsAction.TYPE,
            new ModelsRequest(null),
            new RestResponseListener<ModelsResponse>(channel) {
              @Override
              public RestResponse buildResponse(ModelsResponse response) throws Exception {
                return RestTable.buildResponse(table(request, response), channel);
              }
            });
  }

  @Override
  protected Table getTableWithHeader(RestRequest request) {
    Table table = new Table();
    table.startHeaders();
    table.addCell("node", "desc:name of the node");
    table.addCell("model", "desc:folder of the model");
    table.addCell("state", "desc:available, loading, ready, failed or missing");
    number(table, "native", "native memory set aside for it");
    number(table, "windows", "windows reranked, failed ones included");
    number(table, "documents", "documents scored");
    number(table, "cached", "of them, out of the score cache");
    number(table, "passages", "passages that the model scored");
    number(table, "tokens", "tokens that the model read");
    number(table, "padded", "the same with what filled the batches");
    number(table, "batches", "batches run");
    number(table, "read_ms", "milliseconds spent on reading texts");
    number(table, "tokenise_ms", "milliseconds spent on making tokens");
    number(table, "model_ms", "milliseconds spent waiting for the model and in it");
    number(table, "failures", "windows that got no scores");
    return table.endHeaders();
  }

  private static void number(Table table, String name, String meaning) {
    table.addCell(name, "text-align:right;desc:" + meaning);
  }

  private Table table(RestRequest request, ModelsResponse response) {
    Table table = getTableWithHeader(request);
    for (ModelsNodeResponse node : response.getNodes()) {
      for (ModelStatus model : node.models()) {
        ModelStatistics.Snapshot numbers = model.statistics();
        table.startRow();
        table.addCell(node.getNode().getName());
        table.addCell(model.id());
        table.addCell(model.state());
        table.addCell(ByteSizeValue.ofBytes(model.nativeBytes()));
        table.addCell(numbers.requests());
        table.addCell(numbers.documents());
        table.addCell(numbers.cached());
        table.addCell(numbers.passages());
        table.addCell(numbers.tokens());
        table.addCell(numbers.paddedTokens());
        table.addCell(numbers.batches());
        table.addCell(numbers.readMillis());
        table.addCell(numbers.tokeniseMillis());
        table.addCell(numbers.modelMillis());
        table.addCell(numbers.failures().values().stream().mapToLong(Long::longValue).sum());
        table.endRow();
      }
    }
    return table;
  }
}
