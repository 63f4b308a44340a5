/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.passage.PassagesForm;
import org.stillrank.plugin.scale.Combination;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;

/**
 * What a {@code cross_encoder} clause says.
 *
 * @param model id of a folder below {@code config/stillrank/models}
 * @param query the text that passages are scored against
 * @param fields whose texts are scored, joined in this order; empty with {@code tokens}
 * @param tokens field of type {@code passage_tokens} whose token ids are scored; null for texts
 * @param withoutTokens what happens to hits that have none
 * @param passages which parts of a text are scored
 * @param showPassages whether each returned hit comes with the passage that counts most
 * @param combination of first-stage and model score
 * @param timeout for the reranking of one window; null for none
 * @param onFailure what becomes of a window that cannot be reranked
 */
public record Clause(
    String model,
    String query,
    List<String> fields,
    @Nullable String tokens,
    WithoutTokens withoutTokens,
    Passages passages,
    boolean showPassages,
    Combination combination,
    @Nullable TimeValue timeout,
    OnFailure onFailure)
    implements Writeable, ToXContentObject {
  static final String MODEL = "model";
  static final String QUERY = "query";
  static final String FIELDS = "fields";
  static final String TOKENS = "tokens";
  static final String WITHOUT_TOKENS = "without_tokens";
  static final String PASSAGES = "passages";
  static final String SHOW_PASSAGES = "show_passages";
  static final String SCORE_MODE = "score_mode";
  static final String QUERY_WEIGHT = "query_weight";
  static final String RESCORE_QUERY_WEIGHT = "rescore_query_weight";
  public static final String TIMEOUT = "timeout";
  static final String ON_FAILURE = "on_failure";

  public Clause {
    fields = List.copyOf(fields);
  }

  /** Reads it from another node. */
  public Clause(StreamInput in) throws IOException {
    this(
        in.readString(),
        in.readString(),
        in.readStringCollectionAsList(),
        in.readOptionalString(),
        in.readEnum(WithoutTokens.class),
        PassagesForm.read(in),
        in.readBoolean(),
        new Combination(in),
        in.readOptionalTimeValue(),
        in.readEnum(OnFailure.class));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeString(model);
    out.writeString(query);
    out.writeStringCollection(fields);
    out.writeOptionalString(tokens);
    out.writeEnum(withoutTokens);
    PassagesForm.write(out, passages);
    out.writeBoolean(showPassages);
    combination.writeTo(out);
    out.writeOptionalTimeValue(timeout);
    out.writeEnum(onFailure);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    if (tokens != null) {
      builder.field(WITHOUT_TOKENS, PassageOptions.spelled(withoutTokens));
    }
    awayFromShards(builder);
    return builder.endObject();
  }

  /** What of a document is scored, for an explanation. */
  public String read() {
    return tokens == null ? "fields " + fields : "tokens [" + tokens + "]";
  }

  /** Adds what counts wherever hits are scored, without what only their shards can do. */
  public void awayFromShards(XContentBuilder builder) throws IOException {
    builder.field(MODEL, model);
    builder.field(QUERY, query);
    if (tokens == null) {
      builder.stringListField(FIELDS, fields);
    } else {
      builder.field(TOKENS, tokens);
    }
    PassagesForm.write(builder, PASSAGES, passages);
    builder.field(SHOW_PASSAGES, showPassages);
    builder.field(SCORE_MODE, combination.mode().spelled());
    builder.field(QUERY_WEIGHT, combination.queryWeight());
    builder.field(RESCORE_QUERY_WEIGHT, combination.rescoreQueryWeight());
    if (timeout != null) {
      builder.field(TIMEOUT, timeout.getStringRep());
    }
    builder.field(ON_FAILURE, onFailure.spelled());
  }
}
