/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import static org.stillrank.testing.SharedFiles.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.lines.LineFile;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;

/** What Anserini 0.13.3 (Lucene 8) and trec_eval said about a collection. */
record AnseriniReference(Path folder) {
  static AnseriniReference of(String collection) {
    return new AnseriniReference(shared("data/" + collection));
  }

  BeirCollection collection() {
    return BeirCollection.open(folder);
  }

  /** Means by trec_eval's names of the measures. */
  Map<String, Double> means() throws IOException {
    Map<String, Double> means = new HashMap<>();
    for (String line : Files.readAllLines(reference("trec_eval.txt"))) {
      String[] columns = line.split("\\s+");
      means.put(columns[0], Double.parseDouble(columns[2]));
    }
    return means;
  }

  /** Values by topic, of one of trec_eval's measures. */
  Map<String, Double> perTopic(String measure) throws IOException {
    Map<String, Double> values = new TreeMap<>();
    LineFile.forEach(
        reference("perquery.txt.gz"),
        line -> {
          String[] columns = line.text().strip().split("\\s+");
          if (columns[0].equals(measure) && !columns[1].equals("all")) {
            values.put(columns[1], Double.parseDouble(columns[2]));
          }
        });
    return values;
  }

  Run top100() throws IOException {
    return RunFile.read(reference("top100.run.gz"));
  }

  private Path reference(String suffix) {
    return folder.resolve("reference/bm25-anserini-0.13.3." + suffix);
  }
}
