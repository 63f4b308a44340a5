/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.tokens;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.index.mapper.DocumentParserContext;
import org.elasticsearch.index.mapper.FieldMapper;
import org.elasticsearch.index.mapper.MapperBuilderContext;
import org.elasticsearch.index.mapper.SourceLoader;
import org.elasticsearch.search.lookup.SearchLookup;
import org.elasticsearch.search.lookup.Source;
import org.stillrank.plugin.model.ModelId;
import org.stillrank.plugin.passage.SourceTexts;

/**
 * {@code passage_tokens}: the token ids of other fields' texts in doc values. Documents give it no
 * value; it is computed where the server computes fields with a script, when the whole document is
 * known.
 */
public final class PassageTokensFieldMapper extends FieldMapper {
  /** Its name in a mapping. */
  public static final String TYPE = "passage_tokens";

  private final Supplier<Tokenizers> tokenizers;

  private PassageTokensFieldMapper(
      String name,
      PassageTokensFieldType type,
      BuilderParams params,
      Supplier<Tokenizers> tokenizers) {
    super(name, type, params);
    this.tokenizers = tokenizers;
  }

  @Override
  public PassageTokensFieldType fieldType() {
    return (PassageTokensFieldType) super.fieldType();
  }

  /** Reads it from a mapping, for this node's tokenizers. */
  public static TypeParser parser(Supplier<Tokenizers> tokenizers) {
    return new TypeParser((name, context) -> new Builder(name, tokenizers), notInMultiFields(TYPE));
  }

  @Override
  protected void indexScriptValues(
      SearchLookup lookup, LeafReaderContext leaf, int document, DocumentParserContext context) {
    try {
      Source source = lookup.getSource(leaf, document);
      TokenValue value =
          tokenizers
              .get()
              .value(
                  fieldType().model(),
                  separator -> SourceTexts.joined(source, fieldType().fields(), separator));
      context.doc().add(new BinaryDocValuesField(fieldType().name(), value.bytes()));
    } catch (IOException | RuntimeException e) {
      // A document that is refused here would be lost when its shard is recovered from the
      // transaction log on a node without the model. So it is kept without ids, which the field
      // [_ignored] shows, and a search that needs them says what is missing.
      context.addIgnoredField(fieldType().name());
    }
  }

  /** Before the server says that a field with a script takes no values: this one has none. */
  @Override
  public void parse(DocumentParserContext context) {
    parseCreateField(context);
  }

  @Override
  protected void parseCreateField(DocumentParserContext context) {
    throw new IllegalArgumentException(
        "field ["
            + fieldType().name()
            + "] is computed from "
            + fieldType().fields()
            + "; leave it out of documents");
  }

  @Override
  public FieldMapper.Builder getMergeBuilder() {
    return new Builder(leafName(), tokenizers).init(this);
  }

  @Override
  protected String contentType() {
    return TYPE;
  }

  /** Its source is in the fields that it is computed from. */
  @Override
  protected SyntheticSourceSupport syntheticSourceSupport() {
    return new SyntheticSourceSupport.Native(() -> SourceLoader.SyntheticFieldLoader.NOTHING);
  }

  /** What a mapping says; nothing of it can be changed later. */
  private static final class Builder extends FieldMapper.Builder {
    private final Supplier<Tokenizers> tokenizers;
    private final Parameter<String> model =
        Parameter.stringParam("model", false, mapper -> of(mapper).model(), null)
            .addValidator(id -> {
              if (id == null || !ModelId.isValid(id)) {
                throw new IllegalArgumentException("[model] is [" + id + "]; " + ModelId.RULE);
              }
            });
    private final Parameter<List<String>> fields =
        Parameter.stringArrayParam("source_fields", false, mapper -> of(mapper).fields())
            .addValidator(names -> {
              if (names == null || names.isEmpty()) {
                throw new IllegalArgumentException(
                    "[source_fields] is missing or empty; name the fields whose texts are tokenised");
              }
            });
    private final Parameter<Map<String, String>> meta = Parameter.metaParam();

    Builder(String name, Supplier<Tokenizers> tokenizers) {
      super(name);
      this.tokenizers = tokenizers;
      this.hasScript = true;
    }

    private static PassageTokensFieldType of(FieldMapper mapper) {
      return ((PassageTokensFieldMapper) mapper).fieldType();
    }

    @Override
    protected Parameter<?>[] getParameters() {
      return new Parameter<?>[] {model, fields, meta};
    }

    @Override
    public String contentType() {
      return TYPE;
    }

    @Override
    public FieldMapper build(MapperBuilderContext context) {
      PassageTokensFieldType type =
          new PassageTokensFieldType(
              context.buildFullName(leafName()),
              model.getValue(),
              fields.getValue(),
              meta.getValue());
      return new PassageTokensFieldMapper(
          leafName(), type, builderParams(this, context), tokenizers);
    }
  }
}
