/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.cache;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * What a cache of scores holds and was good for.
 *
 * @param size bytes that it may take
 * @param entries scores that are kept
 * @param bytes that they take
 * @param hits texts whose score was there
 * @param misses texts whose score was not
 * @param evictions scores that were given up for others
 */
public record ScoreCacheStatistics(
    long size, long entries, long bytes, long hits, long misses, long evictions)
    implements Writeable, ToXContentObject {

  /** Reads it from another node. */
  public ScoreCacheStatistics(StreamInput in) throws IOException {
    this(
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeVLong(size);
    out.writeVLong(entries);
    out.writeVLong(bytes);
    out.writeVLong(hits);
    out.writeVLong(misses);
    out.writeVLong(evictions);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    builder.field("size", size);
    builder.field("entries", entries);
    builder.field("bytes", bytes);
    builder.field("hits", hits);
    builder.field("misses", misses);
    builder.field("evictions", evictions);
    return builder.endObject();
  }
}
