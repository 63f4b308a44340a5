/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.model;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.plugin.statistics.ModelStatistics;

/**
 * A model of a node, for answers.
 *
 * @param id its folder's name
 * @param state {@code available}, {@code loading}, {@code ready}, {@code failed} or {@code missing}
 * @param failure why it could not be opened; only when it failed
 * @param sha256 of the model file in memory; only when it is ready
 * @param maxLength tokens of a pair; 0 unless it is ready
 * @param statistics since the node started
 */
public record ModelStatus(
    String id,
    String state,
    @Nullable String failure,
    @Nullable String sha256,
    int maxLength,
    ModelStatistics.Snapshot statistics)
    implements Writeable, ToXContentObject {

  /** Reads it from another node. */
  public ModelStatus(StreamInput in) throws IOException {
    this(
        in.readString(),
        in.readString(),
        in.readOptionalString(),
        in.readOptionalString(),
        in.readVInt(),
        new ModelStatistics.Snapshot(
            in.readVLong(),
            in.readVLong(),
            in.readVLong(),
            in.readVLong(),
            in.readVLong(),
            in.readMap(read -> read.readEnum(FailureKind.class), StreamInput::readVLong)));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeString(id);
    out.writeString(state);
    out.writeOptionalString(failure);
    out.writeOptionalString(sha256);
    out.writeVInt(maxLength);
    out.writeVLong(statistics.requests());
    out.writeVLong(statistics.documents());
    out.writeVLong(statistics.withoutText());
    out.writeVLong(statistics.readMillis());
    out.writeVLong(statistics.modelMillis());
    out.writeMap(statistics.failures(), StreamOutput::writeEnum, StreamOutput::writeVLong);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    builder.field("state", state);
    if (failure != null) {
      builder.field("failure", failure);
    }
    if (sha256 != null) {
      builder.field("sha256", sha256);
      builder.field("max_length", maxLength);
    }
    builder.field("requests", statistics.requests());
    builder.field("documents", statistics.documents());
    builder.field("without_text", statistics.withoutText());
    builder.field("read_millis", statistics.readMillis());
    builder.field("model_millis", statistics.modelMillis());
    builder.startObject("failures");
    for (Map.Entry<FailureKind, Long> each : new EnumMap<>(statistics.failures()).entrySet()) {
      builder.field(each.getKey().spelled(), each.getValue());
    }
    return builder.endObject().endObject();
  }
}
