/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.net.URI;
import java.util.regex.Pattern;
import org.stillrank.reranker.input.InvalidInputException;

/** Where a node is, told from what a person gives. */
public final class NodeAddress {
  private static final String EXAMPLE = "http://127.0.0.1:9200";

  // A password may hold what a URI may not, and then no URI knows where it ends.
  private static final Pattern USER_INFO =
      Pattern.compile("^([a-z][a-z0-9+.-]*://|//)?.*@", Pattern.CASE_INSENSITIVE);

  private NodeAddress() {}

  /**
   * Scheme, host and port alone.
   *
   * @throws InvalidInputException when it is no address of a server
   */
  static URI bare(URI given) {
    String scheme = given.getScheme();
    boolean web = "http".equals(scheme) || "https".equals(scheme);
    if (!web || given.getRawAuthority() == null) {
      throw none(given);
    }
    if (given.getHost() == null) {
      throw new InvalidInputException(
          "["
              + shown(given)
              + "] has a host or port that a URI cannot have, such as a name with an underscore;"
              + " give its IP address or another name, as in "
              + EXAMPLE);
    }
    if (given.getPath().length() > 1) {
      throw none(given);
    }
    String port = given.getPort() < 0 ? "" : ":" + given.getPort();
    return URI.create(scheme + "://" + given.getHost() + port);
  }

  private static InvalidInputException none(URI given) {
    return new InvalidInputException(
        "["
            + shown(given)
            + "] is no address of a server; give one such as "
            + EXAMPLE
            + ", without a path");
  }

  private static String shown(URI given) {
    return withoutUser(given.toString());
  }

  /** What was given, for a message: without user and password. */
  public static String withoutUser(String given) {
    return USER_INFO.matcher(given).replaceFirst("$1");
  }
}
