/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.model;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.statistics.ModelStatistics;

/**
 * A model of a node, for answers.
 *
 * @param id its folder's name
 * @param state {@code available}, {@code loading}, {@code ready}, {@code failed} or {@code missing}
 * @param failure why it could not be opened; only when it failed
 * @param sha256 of the model file in memory; only when it is ready
 * @param maxLength tokens of a pair; 0 unless it is ready
 * @param nativeBytes of native memory that are set aside for it, by itself; 0 unless it is ready
 * @param statistics since the node started
 */
public record ModelStatus(
    String id,
    String state,
    @Nullable String failure,
    @Nullable String sha256,
    int maxLength,
    long nativeBytes,
    ModelStatistics.Snapshot statistics)
    implements Writeable, ToXContentObject {

  /** A parameter: true for what the model has done in place of what it is. */
  public static final String STATISTICS = "stillrank_statistics";

  /** Reads it from another node. */
  public ModelStatus(StreamInput in) throws IOException {
    this(
        in.readString(),
        in.readString(),
        in.readOptionalString(),
        in.readOptionalString(),
        in.readVInt(),
        in.readVLong(),
        new ModelStatistics.Snapshot(in));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeString(id);
    out.writeString(state);
    out.writeOptionalString(failure);
    out.writeOptionalString(sha256);
    out.writeVInt(maxLength);
    out.writeVLong(nativeBytes);
    statistics.writeTo(out);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    if (params.paramAsBoolean(STATISTICS, false)) {
      builder.field("native_bytes", nativeBytes);
      statistics.toXContent(builder, params);
    } else {
      builder.field("state", state);
      if (failure != null) {
        builder.field("failure", failure);
      }
      if (sha256 != null) {
        builder.field("sha256", sha256);
        builder.field("max_length", maxLength);
        builder.field("native_bytes", nativeBytes);
      }
    }
    return builder.endObject();
  }
}
