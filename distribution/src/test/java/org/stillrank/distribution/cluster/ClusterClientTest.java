/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;

class ClusterClientTest {
  private static final String NO_ADDRESS =
      "is no address of a server; give one such as http://127.0.0.1:9200, without a path";
  private static final String NO_HOST =
      "has a host or port that a URI cannot have, such as a name with an underscore; give its IP"
          + " address or another name, as in http://127.0.0.1:9200";

  @ParameterizedTest
  @CsvSource({
    "localhost:9200, localhost:9200",
    "//es:9200, //es:9200",
    "ftp://es:9200, ftp://es:9200",
    "http:es, http:es",
    "http:///es, http:///es",
    "http://es:9200/base, http://es:9200/base",
    "http://user:secret@es:9200/base, http://es:9200/base",
    "user:secret@es:9200, es:9200",
  })
  void whatIsNoAddressIsToldAsItWasGivenWithoutPassword(String given, String told) {
    assertRefused(given, told, NO_ADDRESS);
  }

  @ParameterizedTest
  @CsvSource({
    "http://es_node:9200, http://es_node:9200",
    "http://es:port, http://es:port",
    "http://user:secret@es_node, http://es_node",
    "http://user:sec/ret@es:9200, http://es:9200",
  })
  void aHostThatNoUriHasIsTold(String given, String told) {
    assertRefused(given, told, NO_HOST);
  }

  private static void assertRefused(String given, String told, String why) {
    assertThatThrownBy(() -> ClusterClient.at(URI.create(given), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("[" + told + "] " + why);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9200/, http://127.0.0.1:9200",
    "https://user:secret@es, https://es",
    "http://[::1]:9200, http://[::1]:9200",
  })
  void anAddressIsTakenWithoutUserAndPassword(String given, String address) {
    try (ClusterClient client = ClusterClient.at(URI.create(given), null)) {
      assertThat(client.address()).isEqualTo(URI.create(address));
    }
  }
}
