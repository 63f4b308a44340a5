/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.lines.Line;
import org.stillrank.bench.progress.Progress;

/**
 * Fills a folder with the index of a collection. The calling thread reads lines and hands them out
 * in batches; parsing and analysis, which cost the most, run on all processors.
 */
final class IndexBuild {
  private static final int BATCH = 128;
  private static final double BUFFER_MB = 256;

  private final IndexWriter writer;
  private final Progress progress;
  private final Map<String, Line> seen = new ConcurrentHashMap<>();

  private IndexBuild(IndexWriter writer, Progress progress) {
    this.writer = writer;
    this.progress = progress;
  }

  /**
   * @throws org.stillrank.reranker.input.InvalidInputException if a line is malformed or repeats an
   *     id
   */
  static void into(Path folder, BeirCollection collection, Progress progress) throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig(new EnglishAnalysis())
            .setRAMBufferSizeMB(BUFFER_MB)
            .setUseCompoundFile(false)
            .setSimilarity(Bm25Index.SIMILARITY);
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config);
        Workers workers = Workers.onAllProcessors()) {
      try {
        new IndexBuild(writer, progress).run(collection, workers);
        writer.commit();
      } catch (Throwable failure) {
        writer.rollback();
        throw failure;
      }
    }
  }

  private void run(BeirCollection collection, Workers workers) throws IOException {
    List<Line> batch = new ArrayList<>(BATCH);
    collection.forEachLine(line -> {
      batch.add(line);
      if (batch.size() == BATCH) {
        hand(List.copyOf(batch), workers);
        batch.clear();
      }
    });
    hand(List.copyOf(batch), workers);
    workers.finish();
  }

  private void hand(List<Line> batch, Workers workers) {
    workers.submit(() -> index(batch));
  }

  private void index(List<Line> batch) {
    try {
      for (Line line : batch) {
        writer.addDocument(document(line));
      }
      progress.step(batch.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Document document(Line line) {
    var parsed = org.stillrank.bench.collection.Document.of(line);
    Line before = seen.putIfAbsent(parsed.id(), line);
    if (before != null) {
      Line later = before.number() > line.number() ? before : line;
      throw later.refusal("repeats the [_id] [" + parsed.id() + "]; ids must be unique");
    }
    Document document = new Document();
    document.add(new SortedDocValuesField(IndexFields.ID, new BytesRef(parsed.id())));
    document.add(
        new Field(IndexFields.CONTENTS, parsed.passage(), IndexFields.TERMS_AND_FREQUENCIES));
    return document;
  }
}
