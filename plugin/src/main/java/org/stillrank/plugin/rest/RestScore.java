/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.ParsingException;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestRequest.Method;
import org.elasticsearch.rest.action.RestCancellableNodeClient;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParser.Token;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.administration.ScoreAction;
import org.stillrank.plugin.administration.ScoreRequest;
import org.stillrank.plugin.model.ModelId;

/**
 * {@code POST /_stillrank/models/ID/_score} with {@code {"query": …, "passages": […]}}: logits and
 * scores from the node that is asked, to try a model without an index.
 */
public final class RestScore extends BaseRestHandler {
  /** It is there to try a model; the rest is for an index. */
  private static final int MOST_PASSAGES = 1000;

  @Override
  public String getName() {
    return "stillrank_score";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route(Method.POST, "/_stillrank/models/{model}/_score"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client)
      throws IOException {
    String model = request.param("model");
    if (!ModelId.isValid(model)) {
      throw new IllegalArgumentException("[model] is [" + model + "]; " + ModelId.RULE);
    }
    ScoreRequest asked;
    try (XContentParser parser = request.contentParser()) {
      asked = asked(model, parser);
    }
    return channel ->
        new RestCancellableNodeClient(client, request.getHttpChannel())
            .execute(ScoreAction.TYPE, asked, new RestToXContentListener<>(channel));
  }

  private static ScoreRequest asked(String model, XContentParser parser) throws IOException {
    @Nullable String query = null;
    List<String> passages = new ArrayList<>();
    require(parser.nextToken() == Token.START_OBJECT, parser, "the body is no object");
    while (parser.nextToken() != Token.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "query" -> query = text(parser, "query");
        case "passages" -> {
          require(parser.currentToken() == Token.START_ARRAY, parser, "[passages] is no list");
          while (parser.nextToken() != Token.END_ARRAY) {
            passages.add(text(parser, "passages"));
            if (passages.size() > MOST_PASSAGES) {
              throw refused(parser, "[passages] holds more than [" + MOST_PASSAGES + "]");
            }
          }
        }
        default -> throw refused(parser, "unknown option [" + name + "]");
      }
    }
    if (query == null || query.isBlank() || passages.isEmpty()) {
      throw refused(parser, "[query] or [passages] is missing or empty");
    }
    return new ScoreRequest(model, query, passages);
  }

  private static String text(XContentParser parser, String option) throws IOException {
    require(parser.currentToken() == Token.VALUE_STRING, parser, "[" + option + "] holds no text");
    return parser.text();
  }

  private static void require(boolean holds, XContentParser parser, String otherwise) {
    if (!holds) {
      throw refused(parser, otherwise);
    }
  }

  private static ParsingException refused(XContentParser parser, String why) {
    return new ParsingException(
        parser.getTokenLocation(), why + "; give {\"query\": \"…\", \"passages\": [\"…\"]}");
  }
}
