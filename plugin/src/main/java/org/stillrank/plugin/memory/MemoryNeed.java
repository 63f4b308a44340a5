/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.memory;

import java.io.IOException;
import java.nio.file.Files;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.graph.OnnxGraph;
import org.stillrank.reranker.scoring.Schedule;

/**
 * What a model takes of native memory at most. The runtime does not tell, and a process shares one
 * allocator, so it is computed from the graph and the schedule before anything is loaded.
 *
 * <p>The rules were fitted to the resident memory of a process that opened a model and scored with
 * all workers busy on its longest pairs, and lie above all of it. In MiB: MiniLM (22.7 million
 * parameters) in float32, 512 tokens, 225 with 2 workers and 544 with 8, for which they give 260
 * and 596; with weights of 8 bits, 256 tokens, 128 and 177, for 198 and 348; BERT base (109
 * million) 645 and 817, for 756 and 1092; a BERT of 1,024 dimensions and 3 layers (70.6 million)
 * 576 with 4 workers, for 646.
 *
 * @param session of weights and working memory: those who open the same model file share it
 * @param tokenizer that everyone who opens it has for itself
 */
public record MemoryNeed(long session, long tokenizer) {
  /** Weights of fewer bits are widened to float32 when they are loaded. */
  private static final long BYTES_OF_PARAMETER = Float.BYTES;

  /** Of a file without spaces; of one with them it is more than enough. */
  private static final long TOKENIZER_BYTES_PER_BYTE_OF_FILE = 26;

  /** Of the feed-forward layers' activations. */
  private static final long WORKING_BYTES_PER_TOKEN = 48 * 1024;

  /** Of attention: twice 16 heads of float32. */
  private static final long WORKING_BYTES_PER_TOKEN_PAIR = 128;

  /** Reads it from a model's files. */
  public static MemoryNeed of(ModelBundle bundle, Schedule schedule) throws IOException {
    long weights =
        Math.max(
            OnnxGraph.read(bundle.onnxFile()).parameters() * BYTES_OF_PARAMETER,
            Files.size(bundle.onnxFile()));
    // A longer pair is a batch alone.
    long tokens = Math.max(schedule.tokensPerBatch(), bundle.maxLength());
    long longest = Math.min(tokens, bundle.maxLength());
    long worker = tokens * (WORKING_BYTES_PER_TOKEN + longest * WORKING_BYTES_PER_TOKEN_PAIR);
    return new MemoryNeed(
        // The runtime keeps some of the weights a second time, in the order in which it reads them.
        weights + weights / 2 + schedule.workers() * worker,
        TOKENIZER_BYTES_PER_BYTE_OF_FILE * Files.size(bundle.tokenizerFile()));
  }

  /** What it takes when it shares nothing. */
  public long bytes() {
    return session + tokenizer;
  }
}
