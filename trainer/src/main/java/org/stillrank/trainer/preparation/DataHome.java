/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.trainer.config.NeverNear;
import org.stillrank.trainer.decontamination.ProtectedQueries;

/** The folder that a config's collection names start from; corpora are read once. */
final class DataHome {
  private final Path folder;
  private final Map<String, Map<String, Document>> documents = new HashMap<>();

  DataHome(Path folder) {
    this.folder = folder;
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  BeirCollection collection(String name) {
    return BeirCollection.open(resolve(name));
  }

  /** The documents of a collection by id, in the order of the corpus. */
  Map<String, Document> documents(String name) throws IOException {
    Map<String, Document> known = documents.get(name);
    if (known == null) {
      known = new LinkedHashMap<>();
      for (Document each : collection(name).documents()) {
        known.put(each.id(), each);
      }
      documents.put(name, known);
    }
    return known;
  }

  /** Every query of the named splits. */
  ProtectedQueries protectedQueries(List<NeverNear> splits) throws IOException {
    List<String> texts = new ArrayList<>();
    for (NeverNear each : splits) {
      collection(each.collection()).topics(each.split()).stream()
          .map(Topic::text)
          .forEach(texts::add);
    }
    return ProtectedQueries.of(texts);
  }
}
