/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A node as a test talks to it: every answer is looked at, also refusals. */
record Node(URI address) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  static final JsonMapper JSON = JsonMapper.shared();

  record Answer(int status, JsonNode body, List<String> warnings) {
    /** The reason of a refusal. */
    String reason() {
      JsonNode error = body.path("error");
      JsonNode cause = error.path("root_cause").path(0).path("reason");
      return cause.isMissingNode() ? error.toString() : cause.asString();
    }

    List<String> ids() {
      return body.path("hits")
          .path("hits")
          .valueStream()
          .map(each -> each.path("_id").asString())
          .toList();
    }

    List<Double> scores() {
      return body.path("hits")
          .path("hits")
          .valueStream()
          .map(each -> each.path("_score").asDouble())
          .toList();
    }
  }

  Answer send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("content-type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(
        answer.statusCode(),
        answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body()),
        answer.headers().allValues("warning"));
  }

  /** Sends what must succeed. */
  JsonNode done(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    Answer answer = send(method, path, body);
    if (answer.status() >= 300) {
      throw new AssertionError(method + " " + path + ": " + answer.body());
    }
    return answer.body();
  }

  /** Changes a setting of the cluster. */
  void setting(String name, String value) throws IOException, InterruptedException {
    done("PUT", "/_cluster/settings", "{\"persistent\": {\"" + name + "\": " + value + "}}");
  }

  /** What a path says of the first of the nodes. */
  JsonNode ofFirst(String path) throws IOException, InterruptedException {
    return done("GET", path, null).path("nodes").valueStream().findFirst().orElseThrow();
  }

  /** An index of texts, their ids 0, 1, 2 and so on. */
  void index(String name, int shards, List<String> texts) throws IOException, InterruptedException {
    done(
        "PUT",
        "/" + name,
        "{\"settings\": {\"number_of_shards\": " + shards + ", \"number_of_replicas\": 0}}");
    add(name, null, 0, texts);
  }

  /** Adds texts under ids from {@code first} on. */
  void add(String name, @Nullable String routing, int first, List<String> texts)
      throws IOException, InterruptedException {
    StringBuilder bulk = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      ObjectNode action = JSON.createObjectNode();
      ObjectNode index = action.putObject("index").put("_id", Integer.toString(first + i));
      if (routing != null) {
        index.put("routing", routing);
      }
      bulk.append(action).append('\n');
      bulk.append(JSON.createObjectNode().put("text", texts.get(i))).append('\n');
    }
    JsonNode answer = done("POST", "/" + name + "/_bulk?refresh=true", bulk.toString());
    if (answer.path("errors").asBoolean()) {
      throw new AssertionError(answer);
    }
  }
}
