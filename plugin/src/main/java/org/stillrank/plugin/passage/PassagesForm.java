/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.passage;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.XContentBuilder;
import org.stillrank.reranker.passage.Aggregation;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.passage.Selection;
import org.stillrank.reranker.passage.Windows;

/** Passages as nodes and answers exchange them. */
public final class PassagesForm {
  private PassagesForm() {}

  /** Reads them from another node. */
  public static Passages read(StreamInput in) throws IOException {
    if (!in.readBoolean()) {
      return Passages.beginning();
    }
    return new Windows(
        in.readVInt(),
        in.readVInt(),
        in.readVInt(),
        in.readVInt(),
        in.readEnum(Selection.class),
        new Aggregation(in.readEnum(Aggregation.Kind.class), in.readVInt()));
  }

  /** Writes them for another node. */
  public static void write(StreamOutput out, Passages passages) throws IOException {
    out.writeBoolean(passages instanceof Windows);
    if (passages instanceof Windows windows) {
      out.writeVInt(windows.length());
      out.writeVInt(windows.lead());
      out.writeVInt(windows.stride());
      out.writeVInt(windows.max());
      out.writeEnum(windows.selection());
      out.writeEnum(windows.aggregation().kind());
      out.writeVInt(windows.aggregation().topK());
    }
  }

  /** Adds windows as an object of this name, and nothing for the beginning of a text. */
  public static void write(XContentBuilder builder, String name, Passages passages)
      throws IOException {
    if (passages instanceof Windows windows) {
      builder.field(name, PassageOptions.of(windows));
    }
  }
}
