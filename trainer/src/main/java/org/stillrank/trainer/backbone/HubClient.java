/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Files of the Hugging Face hub, or of a server that answers as it does.
 *
 * @see <a href="https://huggingface.co/docs/huggingface_hub/package_reference/file_download">
 *     get_hf_file_metadata, whose headers are read here</a>
 */
public final class HubClient implements AutoCloseable {
  /** The environment variable with an access token, for repositories that need one. */
  public static final String TOKEN = "HF_TOKEN";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final HubAddress address;
  private final @Nullable String token;

  private HubClient(HubAddress address, @Nullable String token) {
    this.address = address;
    this.token = token;
  }

  /**
   * A client of the server at an address.
   *
   * @param token sent to this server alone; null for none
   */
  public static HubClient at(HubAddress address, @Nullable String token) {
    return new HubClient(address, token == null || token.isBlank() ? null : token.strip());
  }

  /** Where it fetches from. */
  public HubAddress address() {
    return address;
  }

  /**
   * Asks for a file's version without its content; empty when the repository has no such file.
   *
   * @throws InvalidInputException when the repository is not there for this user
   */
  Optional<HubFile> find(String id, String revision, String name) throws IOException {
    URI uri = address.file(id, revision, name);
    String commit = revision;
    URI at = uri;
    for (int hop = 0; hop < MOST_REDIRECTS; hop++) {
      HttpResponse<Void> answer =
          send(request(at).HEAD().build(), HttpResponse.BodyHandlers.discarding());
      HttpHeaders headers = answer.headers();
      commit = headers.firstValue("x-repo-commit").orElse(commit);
      Optional<String> linked = headers.firstValue("x-linked-etag");
      boolean redirected = REDIRECTS.contains(answer.statusCode());
      if (redirected && linked.isEmpty()) {
        at = HubAnswer.target(at, headers);
        continue;
      }
      if (HubAnswer.lacksFile(answer)) {
        return Optional.empty();
      }
      if (!redirected) {
        HubAnswer.check(at, answer);
      }
      return Optional.of(new HubFile(uri, HubAnswer.checksum(uri, headers), size(headers), commit));
    }
    throw tooManyRedirects(uri);
  }

  /**
   * Begins to read a file.
   *
   * @param from the first byte that is wanted; the answer is 206 when it begins there, 200 when it
   *     begins at the first byte, 416 when the file is not longer
   */
  HttpResponse<InputStream> open(URI uri, long from) throws IOException {
    URI at = uri;
    for (int hop = 0; hop < MOST_REDIRECTS; hop++) {
      HttpRequest.Builder request = request(at).GET();
      if (from > 0) {
        request.header("Range", "bytes=" + from + "-");
      }
      HttpResponse<InputStream> answer =
          send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (!REDIRECTS.contains(answer.statusCode())) {
        if (from == 0 || answer.statusCode() != 416) {
          HubAnswer.check(at, answer);
        }
        return answer;
      }
      answer.body().close();
      at = HubAnswer.target(at, answer.headers());
    }
    throw tooManyRedirects(uri);
  }

  private HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    if (token != null && address.serves(uri)) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return http.send(request, handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking [" + request.uri() + "]");
    } catch (IOException e) {
      throw new FetchException(
          "["
              + request.uri()
              + "] does not answer: "
              + e
              + "; check the connection, name a mirror with --endpoint or "
              + HubAddress.ENDPOINT
              + ", or a folder with --from",
          e);
    }
  }

  private static long size(HttpHeaders headers) {
    OptionalLong linked = headers.firstValueAsLong("x-linked-size");
    return linked.isPresent()
        ? linked.getAsLong()
        : headers.firstValueAsLong("content-length").orElse(-1);
  }

  private static FetchException tooManyRedirects(URI uri) {
    return new FetchException("[" + uri + "] redirects in a circle; name another --endpoint");
  }

  @Override
  public void close() {
    http.close();
  }
}
