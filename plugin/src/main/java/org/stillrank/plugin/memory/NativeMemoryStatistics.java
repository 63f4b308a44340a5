/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.memory;

import java.io.IOException;
import java.util.Map;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * The native memory of a node's models.
 *
 * @param limit bytes that they may take; -1 for any number
 * @param used bytes that are set aside for those in memory
 * @param refused how often a model was not opened because it did not fit
 * @param open how many native resources of each kind (sessions, tokenizers, tensors of a batch) the
 *     node has open
 */
public record NativeMemoryStatistics(long limit, long used, long refused, Map<String, Integer> open)
    implements Writeable, ToXContentObject {

  /** Reads it from another node. */
  public NativeMemoryStatistics(StreamInput in) throws IOException {
    this(
        in.readZLong(),
        in.readVLong(),
        in.readVLong(),
        in.readOrderedMap(StreamInput::readString, StreamInput::readVInt));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeZLong(limit);
    out.writeVLong(used);
    out.writeVLong(refused);
    out.writeMap(open, StreamOutput::writeString, StreamOutput::writeVInt);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    builder.field("limit", limit);
    builder.field("used", used);
    builder.field("refused", refused);
    builder.field("open", open);
    return builder.endObject();
  }
}
