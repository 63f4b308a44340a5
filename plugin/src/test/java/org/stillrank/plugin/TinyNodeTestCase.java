/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.test.ESSingleNodeTestCase;

/**
 * A node of its own for each test, with tiny models. Without the framework's surplus files, whose
 * folders would be models of the node like any other.
 */
@LuceneTestCase.SuppressFileSystems("ExtrasFS")
public abstract class TinyNodeTestCase extends ESSingleNodeTestCase {
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
}
