/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.tokens;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.model.ModelFolders;
import org.stillrank.plugin.model.TokenFingerprint;
import org.stillrank.plugin.runtime.NativeLibraries;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.scoring.ScoredText;
import org.stillrank.reranker.tokenization.PairTokenizer;

/**
 * The tokenizers of a node's models, without the models: documents are indexed where nobody
 * searches, too. Each is opened when a document first needs it.
 */
public final class Tokenizers implements AutoCloseable {
  private record Open(PairTokenizer tokenizer, String separator, long maker) {}

  private final ModelFolders folders;
  private final NativeLibraries natives;
  private final Map<String, Open> open = new HashMap<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  public Tokenizers(ModelFolders folders, NativeLibraries natives) {
    this.folders = folders;
    this.natives = natives;
  }

  /**
   * The token ids of a document's text by a model's tokenizer.
   *
   * @param text joined of the document's fields with the separator it is given; may be empty
   * @throws IllegalArgumentException when the node has no such model
   * @throws IOException when its files cannot be read
   */
  TokenValue value(String model, Function<String, String> text) throws IOException {
    lock.readLock().lock();
    try {
      Open ready = open.get(model);
      if (ready != null) {
        return value(ready, text);
      }
    } finally {
      lock.readLock().unlock();
    }
    prepare(model);
    return value(model, text);
  }

  private static TokenValue value(Open ready, Function<String, String> text) {
    String joined = text.apply(ready.separator());
    return new TokenValue(
        ready.maker(),
        joined.isEmpty() ? null : ready.tokenizer().text(ScoredText.beginning(joined)));
  }

  private void prepare(String model) throws IOException {
    lock.writeLock().lock();
    try {
      if (!open.containsKey(model)) {
        open.put(model, natives.inScope(() -> opened(folders.of(model))));
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static Open opened(Path folder) throws IOException {
    ModelBundle bundle = ModelBundle.open(folder);
    return new Open(
        PairTokenizer.open(bundle.tokenizerFile(), bundle.limits()),
        bundle.separator(),
        TokenFingerprint.of(FileHash.sha256(bundle.tokenizerFile()), bundle.separator()));
  }

  /** Opens a model's tokenizer anew when it is needed next, for its files have changed. */
  public void forget(String model) {
    @Nullable Open old;
    lock.writeLock().lock();
    try {
      old = open.remove(model);
    } finally {
      lock.writeLock().unlock();
    }
    if (old != null) {
      old.tokenizer().close();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      open.values().forEach(each -> each.tokenizer().close());
      open.clear();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
