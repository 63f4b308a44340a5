/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.mapper.MapperBuilderContext;
import org.elasticsearch.index.mapper.MappingParserContext;
import org.elasticsearch.search.retriever.RetrieverBuilder;
import org.elasticsearch.search.retriever.RetrieverParserContext;
import org.elasticsearch.search.retriever.StandardRetrieverBuilder;
import org.elasticsearch.test.IndexSettingsModule;
import org.elasticsearch.usage.SearchUsage;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stillrank.plugin.rescore.Clause;
import org.stillrank.plugin.rescore.CrossEncoderRescorerBuilder;
import org.stillrank.plugin.retriever.CrossEncoderRetrieverBuilder;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Windows;

/** The plugin's README has every setting, option and endpoint of the code, with its default. */
class ReferenceTest {
  private static final String CLAUSE = "The clause";
  private static final String PASSAGES = "Passages of long texts";
  private static final String RETRIEVER = "The retriever";
  private static final String TOKENS = "Token ids in the index";
  private static final Pattern OPTIONS = Pattern.compile("the options are \\[(.*?)]");

  /** Classes of the server want it, and here no test framework has done it. */
  @BeforeAll
  static void logging() {
    LogConfigurator.configureESLogging();
  }

  /** Settings of the plugin and of its pool. */
  private static List<Setting<?>> settings(Settings node) {
    StillrankPlugin plugin = new StillrankPlugin();
    return Stream.concat(
            plugin.getSettings().stream(),
            plugin.getExecutorBuilders(node).stream()
                .flatMap(pool -> pool.getRegisteredSettings().stream()))
        .toList();
  }

  @Test
  void everySettingIsThereWithItsDefault() throws IOException {
    Map<String, List<String>> documented = ReferenceTables.byName("Settings", "setting");
    assertThat(documented.keySet())
        .containsExactlyInAnyOrderElementsOf(
            settings(Settings.EMPTY).stream().map(Setting::getKey).toList());
    Settings one = Settings.builder().put("node.processors", 1).build();
    String processors = Integer.toString(EsExecutors.allocatedProcessors(Settings.EMPTY));
    Map<String, String> ofOne =
        settings(one).stream()
            .collect(Collectors.toMap(Setting::getKey, s -> s.getDefaultRaw(one)));
    for (Setting<?> setting : settings(Settings.EMPTY)) {
      List<String> row = documented.get(setting.getKey());
      if (row.get(1).equals("processors")) {
        assertThat(setting.getDefaultRaw(Settings.EMPTY)).isEqualTo(processors);
        assertThat(ofOne.get(setting.getKey())).isEqualTo("1");
      } else {
        assertThat(row.get(1))
            .as(setting.getKey())
            .isEqualTo(setting.getDefaultRaw(Settings.EMPTY));
      }
      assertThat(row.get(2)).as(setting.getKey()).isEqualTo(setting.isDynamic() ? "yes" : "no");
    }
  }

  @Test
  void unusableSettingsAreRefusedAsShown() throws IOException {
    List<List<String>> rows = ReferenceTables.rows("Settings", "setting | the error says");
    assertThat(rows).hasSizeGreaterThan(5);
    for (List<String> row : rows) {
      String[] given = row.getFirst().split(": ", 2);
      Setting<?> setting =
          settings(Settings.EMPTY).stream()
              .filter(each -> each.getKey().equals(given[0]))
              .findFirst()
              .orElseThrow();
      refused(
          row, () -> setting.get(Settings.builder().put(given[0], given[1]).build()), row.get(1));
    }
  }

  @Test
  void everyOptionOfTheClauseIsThereWithItsDefault() throws IOException {
    Map<String, List<String>> documented =
        ReferenceTables.byName(CLAUSE, "option of `cross_encoder`");
    assertThat(documented.keySet())
        .containsExactlyElementsOf(optionsIn(() -> clause("{\"x\": 1}")));
    Map<String, Object> defaults = object(Strings.toString(clause("{" + members(Map.of()) + "}")));
    Clause tokens = clause("{\"model\": \"m\", \"query\": \"q\", \"tokens\": \"t\"}");
    defaults.put("without_tokens", object(Strings.toString(tokens)).get("without_tokens"));
    defaultsAre(defaults, List.of("model", "query", "fields"), documented);
  }

  @Test
  void everyOptionOfTheRetrieverIsThereWithItsDefault() throws IOException {
    Map<String, List<String>> documented = ReferenceTables.byName(RETRIEVER, "option");
    assertThat(documented.keySet())
        .containsExactlyInAnyOrderElementsOf(optionsIn(() -> retriever("{\"x\": 1}")));
    Map<String, Object> written =
        object(Strings.toString(retriever("{" + members(Map.of("retriever", CHILD)) + "}")));
    @SuppressWarnings("unchecked")
    Map<String, Object> defaults = (Map<String, Object>) written.get("cross_encoder");
    defaultsAre(defaults, List.of("model", "query", "fields", "retriever"), documented);
  }

  @Test
  void everyOptionOfPassagesIsThereWithItsDefault() throws IOException {
    Map<String, List<String>> documented = ReferenceTables.byName(PASSAGES, "option of `passages`");
    assertThat(documented.keySet())
        .containsExactlyElementsOf(optionsIn(() -> PassageOptions.of(Map.of("x", 1))));
    Map<String, Object> defaults = new HashMap<>(windows("length=96,aggregate=top_k_mean"));
    defaults.put("aggregate", windows("length=96").get("aggregate"));
    assertThat(defaults.put("stride", "half of `length`")).isEqualTo(48);
    defaultsAre(defaults, List.of("length"), documented);
  }

  private static Map<String, Object> windows(String options) {
    return PassageOptions.of((Windows) PassageOptions.parse(options));
  }

  /** An option that is left out is documented as required, as none, or with its default. */
  private static void defaultsAre(
      Map<String, Object> defaults, List<String> required, Map<String, List<String>> documented) {
    documented.forEach((option, row) -> {
      Object value = defaults.get(option);
      String expected =
          required.contains(option) ? "required" : value == null ? "none" : value.toString();
      assertThat(row.get(1).split(",", -1)[0])
          .as(option)
          .isEqualTo(expected.replaceFirst("\\.0$", ""));
    });
  }

  @Test
  void unusableOptionsAreRefusedAsShown() throws IOException {
    for (List<String> row : ReferenceTables.rows(CLAUSE, "given")) {
      String clause = "{" + members(option(row.getFirst())) + "}";
      refused(row, () -> clause(clause), row.get(1));
    }
    for (List<String> row : ReferenceTables.rows(PASSAGES, "given")) {
      String clause = "{" + members(Map.of("passages", row.getFirst())) + "}";
      refused(row, () -> clause(clause), "[cross_encoder] [passages] " + row.get(1));
    }
    for (List<String> row : ReferenceTables.rows(RETRIEVER, "given")) {
      Map<String, String> options = new LinkedHashMap<>(Map.of("retriever", CHILD));
      options.putAll(option(row.getFirst()));
      String retriever = "{" + members(options) + "}";
      refused(row, () -> retriever(retriever), row.get(1));
    }
  }

  @Test
  void everyParameterOfTheFieldTypeIsThereWithItsDefault() throws IOException {
    Map<String, List<String>> documented = ReferenceTables.byName(TOKENS, "parameter");
    @SuppressWarnings("unchecked")
    Map<String, Object> written =
        (Map<String, Object>)
            object(
                    Strings.toString(
                        mapper("{\"model\": \"m\", \"source_fields\": [\"text\"]}"),
                        new ToXContent.MapParams(Map.of("include_defaults", "true"))))
                .get("tokens");
    written.remove("type");
    assertThat(documented.keySet()).containsExactlyElementsOf(written.keySet());
    defaultsAre(written, List.of("model", "source_fields"), documented);
    for (List<String> row : ReferenceTables.rows(TOKENS, "mapping")) {
      refused(row, () -> mapper(row.getFirst()), row.get(1));
    }
  }

  @Test
  void everyEndpointIsThere() throws IOException {
    assertThat(ReferenceTables.byName("Endpoints", "request").keySet())
        .containsExactlyInAnyOrderElementsOf(
            new StillrankPlugin()
                .getRestHandlers(null, null, null).stream()
                    .flatMap(handler -> handler.routes().stream())
                    .map(route -> route.getMethod() + " " + route.getPath())
                    .toList());
  }

  private static final String CHILD = "{\"standard\": {}}";

  /** {@code "name": value} or several of them. */
  private static Map<String, String> option(String written) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String each : written.split(", (?=\"\\w+\":)", -1)) {
      String[] nameAndValue = each.split(": ", 2);
      options.put(nameAndValue[0].replace("\"", ""), nameAndValue[1]);
    }
    return options;
  }

  /** What a clause must have, and more or other members. */
  private static String members(Map<String, String> more) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("model", "\"m\"");
    members.put("query", "\"q\"");
    members.put("fields", "[\"text\"]");
    members.putAll(more);
    return members.entrySet().stream()
        .map(each -> "\"" + each.getKey() + "\": " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Clause clause(String json) throws IOException {
    try (XContentParser parser =
        JsonXContent.jsonXContent.createParser(XContentParserConfiguration.EMPTY, json)) {
      return CrossEncoderRescorerBuilder.parse(parser, null).clause();
    }
  }

  private static CrossEncoderRetrieverBuilder retriever(String json) throws IOException {
    NamedXContentRegistry children =
        new NamedXContentRegistry(
            List.of(
                new NamedXContentRegistry.Entry(
                    RetrieverBuilder.class,
                    new ParseField(StandardRetrieverBuilder.NAME),
                    (parser, context) ->
                        StandardRetrieverBuilder.fromXContent(
                            parser, (RetrieverParserContext) context))));
    XContentParserConfiguration names = XContentParserConfiguration.EMPTY.withRegistry(children);
    try (XContentParser parser = JsonXContent.jsonXContent.createParser(names, json)) {
      return CrossEncoderRetrieverBuilder.parse(
          parser, new RetrieverParserContext(new SearchUsage(), feature -> true), null);
    }
  }

  private static Mapper mapper(String json) throws IOException {
    return new StillrankPlugin()
        .getMappers()
        .get("passage_tokens")
        .parse("tokens", object(json), ofAnIndex())
        .build(MapperBuilderContext.root(false, false));
  }

  private static MappingParserContext ofAnIndex() {
    return new MappingParserContext(
        name -> null,
        name -> null,
        name -> null,
        IndexVersion.current(),
        TransportVersion::current,
        () -> null,
        null,
        null,
        IndexSettingsModule.newIndexSettings("texts", Settings.EMPTY),
        query -> null,
        List.of());
  }

  private static Map<String, Object> object(String json) {
    return XContentHelper.convertToMap(JsonXContent.jsonXContent, json, true);
  }

  private static List<String> optionsIn(ThrowingCallable refused) {
    String message = "";
    try {
      refused.call();
    } catch (Throwable e) {
      message = String.valueOf(e.getMessage());
    }
    Matcher options = OPTIONS.matcher(message);
    assertThat(options.find()).as(message).isTrue();
    return Arrays.asList(options.group(1).split(", ", -1));
  }

  private static void refused(List<String> row, ThrowingCallable use, String message) {
    assertThatThrownBy(use).as(row.toString()).hasMessageContaining(message);
  }
}
