/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.FSDirectory;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * BM25 over title and text as Anserini has it (k1 0.9, b 0.4, its English analysis, a bag of words,
 * equal scores by document id), on disk.
 */
public final class Bm25Index implements AutoCloseable {
  static final Similarity SIMILARITY = new BM25Similarity(0.9f, 0.4f);

  private final FSDirectory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final DocumentIds ids;
  private final EnglishAnalysis analysis = new EnglishAnalysis();

  private Bm25Index(FSDirectory directory, DirectoryReader reader) throws IOException {
    this.directory = directory;
    this.reader = reader;
    this.ids = DocumentIds.of(reader);
    this.searcher = new IndexSearcher(reader);
    searcher.setSimilarity(SIMILARITY);
    searcher.setQueryCache(null);
  }

  /**
   * Opens the index of a collection; builds it first unless {@code indexHome} has one for exactly
   * this corpus and these settings. The name of its folder says both, and it gets that name only
   * when complete.
   *
   * @throws InvalidInputException if the corpus is malformed or the index at hand is damaged
   */
  public static Bm25Index openOrBuild(
      BeirCollection collection, Path indexHome, Progress.Display display) throws IOException {
    CorpusFingerprint fingerprint =
        CorpusFingerprint.of(collection.corpusFile(), IndexFields.SETTINGS);
    Path folder = indexHome.resolve(collection.name() + "-" + fingerprint.digits());
    if (!Files.isDirectory(folder)) {
      try (Progress progress = display.start("index " + collection.name(), fingerprint.lines())) {
        AtomicOutput.folder(folder, part -> IndexBuild.into(part, collection, progress));
      }
    }
    return open(folder);
  }

  private static Bm25Index open(Path folder) throws IOException {
    FSDirectory directory = FSDirectory.open(folder);
    try {
      DirectoryReader reader = DirectoryReader.open(directory);
      try {
        return new Bm25Index(directory, reader);
      } catch (Throwable failure) {
        reader.close();
        throw failure;
      }
    } catch (CorruptIndexException
        | IndexNotFoundException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | NoSuchFileException
        | EOFException e) {
      directory.close();
      throw new InvalidInputException(
          "the index [" + folder + "] is damaged; delete it and it is built again", e);
    } catch (Throwable failure) {
      directory.close();
      throw failure;
    }
  }

  /** Every document id of the collection. */
  public Set<String> documentIds() {
    return ids.all();
  }

  /**
   * Searches on all processors; a topic without hits gets an empty ranking.
   *
   * @return tag {@code bm25}, the scores as Anserini prints them
   */
  public Run search(List<Topic> topics, int hits) throws IOException {
    Map<String, List<ScoredDocument>> found = new ConcurrentHashMap<>();
    try (Workers workers = Workers.onAllProcessors()) {
      for (Topic topic : topics) {
        workers.submit(() -> found.put(topic.id(), search(topic, hits)));
      }
      workers.finish();
    }
    LinkedHashMap<String, List<ScoredDocument>> ordered = new LinkedHashMap<>();
    for (Topic topic : topics) {
      ordered.put(topic.id(), found.getOrDefault(topic.id(), List.of()));
    }
    return new Run("bm25", ordered);
  }

  /**
   * Scores texts as if they were documents of this index.
   *
   * @throws InvalidInputException if the index has no words at all
   */
  public Bm25TextScorer textScorer() throws IOException {
    CollectionStatistics collection = searcher.collectionStatistics(IndexFields.CONTENTS);
    if (collection == null) {
      throw new InvalidInputException(
          "the index [" + directory.getDirectory() + "] has no words; is its corpus empty?");
    }
    return new Bm25TextScorer(searcher, analysis, collection);
  }

  private List<ScoredDocument> search(Topic topic, int hits) {
    TopHits top = new TopHits(ids.ranks(), hits);
    try {
      searcher.search(BagOfWords.of(topic, analysis), top);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long[] best = top.drain();
    float[] scores = new float[best.length];
    for (int i = 0; i < best.length; i++) {
      scores[i] = TopHits.score(best[i]);
    }
    AnseriniScores.adjust(scores);
    List<ScoredDocument> ranking = new ArrayList<>(best.length);
    for (int i = 0; i < best.length; i++) {
      ranking.add(new ScoredDocument(ids.at(TopHits.idRank(best[i])), scores[i]));
    }
    return ranking;
  }

  @Override
  public void close() throws IOException {
    try (directory;
        reader) {
      analysis.close();
    }
  }
}
