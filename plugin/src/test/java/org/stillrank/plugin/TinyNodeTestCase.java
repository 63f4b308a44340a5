/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.elasticsearch.action.ActionFuture;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.test.ESSingleNodeTestCase;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.model.ModelRegistry;

/**
 * A node of its own for each test, with tiny models. Without the framework's surplus files, whose
 * folders would be models of the node like any other.
 */
@LuceneTestCase.SuppressFileSystems("ExtrasFS")
public abstract class TinyNodeTestCase extends ESSingleNodeTestCase {
  /** How long the first search may take, which loads native code. */
  static final TimeValue SOON = TimeValue.timeValueSeconds(30);

  @Override
  protected Collection<Class<? extends Plugin>> getPlugins() {
    return List.of(StillrankPlugin.class);
  }

  @Override
  protected boolean resetNodeAfterTest() {
    return true;
  }

  /** Puts a tiny model into the node's folder of models. */
  void put(String model, String id) throws IOException {
    TinyModel.put(getInstanceFromNode(Environment.class).configDir(), model, id);
  }

  ModelRegistry models() {
    return getInstanceFromNode(ModelRegistry.class);
  }

  /** As one that comes over HTTP. */
  SearchRequest request(String indices, String body) throws IOException {
    XContentParserConfiguration names =
        XContentParserConfiguration.EMPTY.withRegistry(
            getInstanceFromNode(NamedXContentRegistry.class));
    try (XContentParser parser = JsonXContent.jsonXContent.createParser(names, body)) {
      return new SearchRequest(indices.split(","))
          .source(new SearchSourceBuilder().parseXContent(parser, true, feature -> true));
    }
  }

  void send(Client client, SearchRequest request, Consumer<SearchResponse> check) {
    answered(client.search(request), check);
  }

  /** Waits for a search and looks at what it says. */
  static void answered(ActionFuture<SearchResponse> search, Consumer<SearchResponse> check) {
    SearchResponse response = search.actionGet(SOON);
    try {
      check.accept(response);
    } finally {
      response.decRef();
    }
  }

  void setting(String name, @Nullable Object value) {
    client()
        .admin()
        .cluster()
        .prepareUpdateSettings(SOON, SOON)
        .setPersistentSettings(
            value == null
                ? Settings.builder().putNull(name)
                : Settings.builder().put(name, value.toString()))
        .get(SOON);
  }
}
