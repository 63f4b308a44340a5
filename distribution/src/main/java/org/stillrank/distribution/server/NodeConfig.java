/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folders and the configuration of one node, all below a working folder of its own, so that an
 * installation at hand is never written to.
 *
 * @param name of the node
 * @param httpPort on the loopback interface
 * @param transportPort on the loopback interface
 * @param seeds transport addresses of the other nodes; empty for a node alone
 * @param firstMasters node names that may form a new cluster; empty for a node that joins
 * @param more settings of {@code elasticsearch.yml}
 */
public record NodeConfig(
    String name,
    int httpPort,
    int transportPort,
    List<String> seeds,
    List<String> firstMasters,
    Map<String, String> more) {

  /** A node alone on free ports. */
  public static NodeConfig alone() throws IOException {
    int[] ports = FreePorts.take(2);
    return new NodeConfig("n1", ports[0], ports[1], List.of(), List.of(), Map.of());
  }

  /** The same with one more setting of {@code elasticsearch.yml}. */
  public NodeConfig with(String setting, String value) {
    Map<String, String> settings = new LinkedHashMap<>(more);
    settings.put(setting, value);
    return new NodeConfig(name, httpPort, transportPort, seeds, firstMasters, settings);
  }

  /** Writes {@code config}, and makes {@code data}, {@code logs} and {@code tmp} beside it. */
  Path write(Path home, Path work) throws IOException {
    Path config = Files.createDirectories(work.resolve("config"));
    for (String folder : List.of("data", "logs", "tmp")) {
      Files.createDirectories(work.resolve(folder));
    }
    for (String file : List.of("jvm.options", "log4j2.properties")) {
      Files.copy(
          home.resolve("config").resolve(file),
          config.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    StringBuilder yaml = new StringBuilder();
    settings(work)
        .forEach((key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
    Files.writeString(config.resolve("elasticsearch.yml"), yaml);
    return config;
  }

  private Map<String, String> settings(Path work) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cluster.name", "stillrank");
    settings.put("node.name", name);
    settings.put("path.data", work.resolve("data").toString());
    settings.put("path.logs", work.resolve("logs").toString());
    settings.put("http.host", "127.0.0.1");
    settings.put("http.port", Integer.toString(httpPort));
    settings.put("transport.host", "127.0.0.1");
    settings.put("transport.port", Integer.toString(transportPort));
    settings.put("xpack.security.enabled", "false");
    if (seeds.isEmpty() && firstMasters.isEmpty()) {
      settings.put("discovery.type", "single-node");
    } else {
      settings.put("discovery.seed_hosts", quoted(seeds));
      if (!firstMasters.isEmpty()) {
        settings.put("cluster.initial_master_nodes", quoted(firstMasters));
      }
    }
    settings.putAll(more);
    return settings;
  }

  private static String quoted(List<String> values) {
    return "[" + String.join(", ", values.stream().map(each -> "\"" + each + "\"").toList()) + "]";
  }
}
