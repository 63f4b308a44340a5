/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.stillrank.reranker.input.InvalidInputException;

/** What an answer of the hub means, by its status and headers. */
final class HubAnswer {
  private HubAnswer() {}

  /** Whether the repository is there and only the file is not. */
  static boolean lacksFile(HttpResponse<?> answer) {
    String code = answer.headers().firstValue("x-error-code").orElse("EntryNotFound");
    return answer.statusCode() == 404 && code.equals("EntryNotFound");
  }

  /**
   * Refuses every answer but 200 and 206.
   *
   * @throws InvalidInputException when the user must do something first
   * @throws FetchException when the server has a problem
   */
  static void check(URI uri, HttpResponse<?> answer) throws IOException {
    int status = answer.statusCode();
    String said = answer.headers().firstValue("x-error-message").orElse("no reason given");
    switch (status) {
      case 200, 206 -> {}
      case 401, 403 ->
          throw new InvalidInputException(
              "["
                  + uri
                  + "] is not given to this user (HTTP "
                  + status
                  + ": "
                  + said
                  + "); check hub_id, accept the model's conditions on its page and set "
                  + HubClient.TOKEN
                  + ", or name a folder with --from");
      case 404 ->
          throw new InvalidInputException(
              "["
                  + uri
                  + "] is not there (HTTP 404: "
                  + said
                  + "); check hub_id and revision in the backbone's YAML file");
      default ->
          throw new FetchException(
              "["
                  + uri
                  + "] answers HTTP "
                  + status
                  + ": "
                  + said
                  + "; try again later, or name another --endpoint");
    }
  }

  /** Where a redirect leads to; relative ones stay on their server. */
  static URI target(URI from, HttpHeaders headers) throws IOException {
    String location = headers.firstValue("location").orElse("");
    try {
      URI target = from.resolve(location);
      boolean downgraded = "https".equals(from.getScheme()) && !"https".equals(target.getScheme());
      if (!location.isEmpty() && HubAddress.isWeb(target) && !downgraded) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      throw new FetchException("[" + from + "] redirects to [" + location + "], no address", e);
    }
    throw new FetchException(
        "[" + from + "] redirects to [" + location + "]; name another --endpoint");
  }

  /** The hub's own header for a large file, the usual one for a small file. */
  static Checksum checksum(URI uri, HttpHeaders headers) throws IOException {
    String tag =
        headers.firstValue("x-linked-etag").or(() -> headers.firstValue("etag")).orElse("");
    Optional<Checksum> checksum = Checksum.ofEntityTag(tag);
    return checksum.orElseThrow(() ->
        new FetchException(
            "["
                + uri
                + "] has the ETag ["
                + tag
                + "], no checksum, so its content could not be verified; name another"
                + " --endpoint, or a folder with --from"));
  }
}
