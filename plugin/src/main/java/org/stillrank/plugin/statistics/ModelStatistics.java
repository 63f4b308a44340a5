/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.statistics;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.stillrank.reranker.scoring.Scored;

/** What one model has done on one node since the node started; reloads do not reset it. */
public final class ModelStatistics {
  private final LongAdder requests = new LongAdder();
  private final LongAdder documents = new LongAdder();
  private final LongAdder cached = new LongAdder();
  private final LongAdder withoutText = new LongAdder();
  private final LongAdder passages = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAdder paddedTokens = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder readNanos = new LongAdder();
  private final LongAdder tokeniseNanos = new LongAdder();
  private final LongAdder modelNanos = new LongAdder();
  private final Map<FailureKind, LongAdder> failures =
      Arrays.stream(FailureKind.values())
          .collect(
              Collectors.toMap(
                  kind -> kind,
                  kind -> new LongAdder(),
                  (one, other) -> one,
                  () -> new EnumMap<>(FailureKind.class)));

  /**
   * A window was reranked.
   *
   * @param textless hits that had no text in any field
   */
  public void reranked(int textless, long nanosReading, Scored scored) {
    requests.increment();
    documents.add(scored.logits().length);
    cached.add(scored.logits().length - scored.computed());
    withoutText.add(textless);
    passages.add(scored.passages());
    tokens.add(scored.tokens());
    paddedTokens.add(scored.paddedTokens());
    batches.add(scored.batches());
    readNanos.add(nanosReading);
    tokeniseNanos.add(scored.tokeniseNanos());
    modelNanos.add(scored.modelNanos());
  }

  /** A window could not be reranked. */
  public void failed(FailureKind kind) {
    requests.increment();
    LongAdder adder = failures.get(kind);
    if (adder != null) {
      adder.increment();
    }
  }

  /** The numbers of this moment. */
  public Snapshot snapshot() {
    Map<FailureKind, Long> counts = new EnumMap<>(FailureKind.class);
    failures.forEach((kind, count) -> counts.put(kind, count.sum()));
    return new Snapshot(
        requests.sum(),
        documents.sum(),
        cached.sum(),
        withoutText.sum(),
        passages.sum(),
        tokens.sum(),
        paddedTokens.sum(),
        batches.sum(),
        readNanos.sum() / 1_000_000,
        tokeniseNanos.sum() / 1_000_000,
        modelNanos.sum() / 1_000_000,
        counts);
  }

  /**
   * @param requests windows of shards, failed ones included
   * @param documents scored
   * @param cached of them, whose score was known
   * @param withoutText hits that had no text in any field
   * @param passages that the model scored
   * @param tokens of the pairs scored
   * @param paddedTokens the same with what filled the batches
   * @param batches run
   * @param readMillis spent on reading and joining texts
   * @param tokeniseMillis spent on making tokens
   * @param modelMillis spent waiting for the model's workers and in the model
   * @param failures windows that got no scores, by kind
   */
  public record Snapshot(
      long requests,
      long documents,
      long cached,
      long withoutText,
      long passages,
      long tokens,
      long paddedTokens,
      long batches,
      long readMillis,
      long tokeniseMillis,
      long modelMillis,
      Map<FailureKind, Long> failures)
      implements Writeable, ToXContentFragment {

    /** Reads it from another node. */
    public Snapshot(StreamInput in) throws IOException {
      this(
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readMap(read -> read.readEnum(FailureKind.class), StreamInput::readVLong));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeVLong(requests);
      out.writeVLong(documents);
      out.writeVLong(cached);
      out.writeVLong(withoutText);
      out.writeVLong(passages);
      out.writeVLong(tokens);
      out.writeVLong(paddedTokens);
      out.writeVLong(batches);
      out.writeVLong(readMillis);
      out.writeVLong(tokeniseMillis);
      out.writeVLong(modelMillis);
      out.writeMap(failures, StreamOutput::writeEnum, StreamOutput::writeVLong);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
      builder.field("requests", requests);
      builder.field("documents", documents);
      builder.field("cached", cached);
      builder.field("without_text", withoutText);
      builder.field("passages", passages);
      builder.field("tokens", tokens);
      builder.field("padded_tokens", paddedTokens);
      builder.field("batches", batches);
      builder.field("read_millis", readMillis);
      builder.field("tokenise_millis", tokeniseMillis);
      builder.field("model_millis", modelMillis);
      builder.startObject("failures");
      for (Map.Entry<FailureKind, Long> each : new TreeMap<>(failures).entrySet()) {
        builder.field(each.getKey().spelled(), each.getValue());
      }
      return builder.endObject();
    }
  }
}
