/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Where the Hugging Face hub is, or a server with the same paths.
 *
 * @param endpoint without a slash at its end
 */
public record HubAddress(URI endpoint) {
  /** The hub itself. */
  public static final String HUB = "https://huggingface.co";

  /** The environment variable that names another server. */
  public static final String ENDPOINT = "HF_ENDPOINT";

  /**
   * An address that a person gave.
   *
   * @throws InvalidInputException when it is none of a web server
   */
  public static HubAddress of(String address) {
    URI endpoint;
    try {
      endpoint = URI.create(address.replaceFirst("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw noAddress(address, e);
    }
    if (!isWeb(endpoint) || endpoint.getQuery() != null || endpoint.getUserInfo() != null) {
      throw noAddress(address, null);
    }
    return new HubAddress(endpoint);
  }

  /** {@code ENDPOINT/ID/resolve/REVISION/NAME}. */
  URI file(String id, String revision, String name) {
    return URI.create(endpoint + "/" + id + "/resolve/" + revision + "/" + name);
  }

  /** The page of a model's files in one commit. */
  String tree(String id, String commit) {
    return endpoint + "/" + id + "/tree/" + commit;
  }

  /** Whether an address is on this server. */
  boolean serves(URI uri) {
    return endpoint.getScheme().equals(uri.getScheme())
        && endpoint.getRawAuthority().equals(uri.getRawAuthority());
  }

  static boolean isWeb(URI uri) {
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    return web && uri.getHost() != null;
  }

  private static InvalidInputException noAddress(String address, @Nullable Throwable cause) {
    return new InvalidInputException(
        "[" + address + "] is no address of a hub; give one such as " + HUB, cause);
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
