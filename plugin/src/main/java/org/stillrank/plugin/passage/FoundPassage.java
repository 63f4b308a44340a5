/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.passage;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.reranker.passage.CharacterSpan;
import org.stillrank.reranker.scoring.ScoredPassage;

/**
 * The passage of a hit that counts most for its score, as people are shown it.
 *
 * @param text of it
 * @param from index of its first character in the text that the clause's fields make
 * @param to index behind its last one
 * @param logit its own
 * @param scored passages of the hit
 */
public record FoundPassage(String text, int from, int to, float logit, int scored)
    implements Writeable {

  /**
   * @param text whole, as it was scored
   */
  public static FoundPassage in(String text, ScoredPassage passage, LoadedModel model) {
    CharacterSpan place = model.characters(text, passage.span());
    return new FoundPassage(
        place.of(text), place.from(), place.to(), passage.logit(), passage.scored());
  }

  /** Reads it from another node. */
  public FoundPassage(StreamInput in) throws IOException {
    this(in.readString(), in.readVInt(), in.readVInt(), in.readFloat(), in.readVInt());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeString(text);
    out.writeVInt(from);
    out.writeVInt(to);
    out.writeFloat(logit);
    out.writeVInt(scored);
  }

  /** As an answer shows it. */
  public Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("text", text);
    shown.put("from", from);
    shown.put("to", to);
    shown.put("logit", logit);
    shown.put("scored", scored);
    return shown;
  }

  /** In a sentence of an explanation. */
  @Override
  public String toString() {
    return "the passage that counts most of ["
        + scored
        + "] scored: characters ["
        + from
        + "] to ["
        + to
        + "], ["
        + text
        + "]";
  }
}
