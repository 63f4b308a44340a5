/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP to one node. */
public final class ClusterClient implements AutoCloseable {
  /** Where an API key for a cluster with security is looked for. */
  public static final String API_KEY = "ES_API_KEY";

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  // An answer is timed by the thread that reads it: beside a server that has all processors busy,
  // each thread that it is handed to waits for its turn, and that would be measured as the
  // server's.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(Runnable::run).build();
  private final URI address;
  private final @Nullable String authorization;

  private ClusterClient(URI address, @Nullable String authorization) {
    this.address = address;
    this.authorization = authorization;
  }

  /**
   * A client of the node at an address, such as {@code http://127.0.0.1:9200} or {@code
   * https://user:password@host:9200}.
   *
   * @param apiKey for a cluster with security; null for none
   * @throws InvalidInputException when it is no address of a server
   */
  public static ClusterClient at(URI address, @Nullable String apiKey) {
    URI bare = NodeAddress.bare(address);
    String user = address.getUserInfo();
    if (apiKey != null) {
      return new ClusterClient(bare, "ApiKey " + apiKey);
    }
    return new ClusterClient(
        bare,
        user == null
            ? null
            : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What was answered.
   *
   * @param arrived when it had been read, nanoseconds as {@link System#nanoTime} counts them
   */
  record Reply(int status, String body, long arrived) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  /** Where it sends to, without user and password. */
  public URI address() {
    return address;
  }

  public JsonNode get(String path) throws IOException {
    return send("GET", path, null).json();
  }

  public JsonNode post(String path, String body) throws IOException {
    return reply(path, body).json();
  }

  public JsonNode put(String path, String body) throws IOException {
    return send("PUT", path, body).json();
  }

  public JsonNode delete(String path) throws IOException {
    return send("DELETE", path, null).json();
  }

  /** Posts, for whoever measures when the answer was there. */
  Reply reply(String path, String body) throws IOException {
    return send("POST", path, body);
  }

  /**
   * Posts and hangs up unless the answer has come by then.
   *
   * @return whether it hung up
   */
  boolean abandon(String path, String body, Duration patience) throws IOException {
    CompletableFuture<HttpResponse<Void>> answer =
        http.sendAsync(request("POST", path, body).build(), HttpResponse.BodyHandlers.discarding());
    try {
      answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return false;
    } catch (TimeoutException e) {
      return answer.cancel(true);
    } catch (ExecutionException e) {
      throw new IOException("[" + address + "] did not answer", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.cancel(true);
      throw new IOException("interrupted while [" + address + "] was asked", e);
    }
  }

  private HttpRequest.Builder request(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (authorization != null) {
      request.header("authorization", authorization);
    }
    return request;
  }

  /**
   * @throws ClusterException with the server's reason, when it answers with a status of 400 or more
   */
  private Reply send(String method, String path, @Nullable String body) throws IOException {
    Reply reply = exchange(request(method, path, body).build());
    if (reply.status() >= 400) {
      throw new ClusterException(
          reply.status(),
          "["
              + method
              + " "
              + path
              + "] was refused with ["
              + reply.status()
              + "]: "
              + reason(reply.body()));
    }
    return reply;
  }

  private Reply exchange(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<String>> sent =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      return sent.thenApply(
              answer -> new Reply(answer.statusCode(), answer.body(), System.nanoTime()))
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectException nobody) {
        throw new InvalidInputException(
            "nothing answers at [" + address + "]; start Elasticsearch there, or name its address",
            nobody);
      }
      throw new IOException("[" + address + "] did not answer: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      sent.cancel(true);
      throw new IOException("interrupted while [" + address + "] was asked", e);
    }
  }

  private static String reason(String body) {
    if (!body.startsWith("{")) {
      return body;
    }
    JsonNode error = JsonMapper.shared().readTree(body).path("error");
    JsonNode cause = error.path("root_cause").path(0);
    JsonNode reason =
        cause.path("reason").isMissingNode() ? error.path("reason") : cause.path("reason");
    return reason.isString() ? reason.stringValue() : body;
  }

  @Override
  public void close() {
    http.close();
  }
}
