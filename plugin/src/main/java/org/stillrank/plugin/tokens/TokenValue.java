/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.io.stream.StreamInput;
import org.jspecify.annotations.Nullable;

/**
 * What a document keeps: whose token ids they are, and the ids.
 *
 * @param maker fingerprint of the tokenizer and the separator, see {@link
 *     org.stillrank.plugin.model.TokenFingerprint}
 * @param ids of the whole text; null where the document has no text
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of them are read: a list would box every id
record TokenValue(long maker, int @Nullable [] ids) {
  /** Eight bytes, the number of ids plus one, and each id in as few bytes as it takes. */
  BytesRef bytes() {
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      out.writeLong(maker);
      out.writeVInt(ids == null ? 0 : ids.length + 1);
      for (int id : ids == null ? new int[0] : ids) {
        out.writeVInt(id);
      }
      return BytesRef.deepCopyOf(out.bytes().toBytesRef());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
  }

  static TokenValue of(BytesRef bytes) throws IOException {
    try (StreamInput in = new BytesArray(bytes).streamInput()) {
      long maker = in.readLong();
      int count = in.readVInt() - 1;
      if (count < 0) {
        return new TokenValue(maker, null);
      }
      int[] ids = new int[count];
      for (int i = 0; i < count; i++) {
        ids[i] = in.readVInt();
      }
      return new TokenValue(maker, ids);
    }
  }
}
