/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.ParsingException;
import org.elasticsearch.common.Strings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.plugin.scale.Combination;
import org.stillrank.plugin.scale.ScoreMode;
import org.stillrank.reranker.passage.Aggregation;
import org.stillrank.reranker.passage.Aggregation.Kind;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.passage.Selection;
import org.stillrank.reranker.passage.Windows;

class ClauseParserTest {
  private static final String GOOD = "\"model\": \"m\", \"query\": \"q\", \"fields\": [\"text\"]";

  @Test
  void theRestHasDefaults() throws IOException {
    assertThat(parse("{" + GOOD + "}"))
        .isEqualTo(
            new Clause(
                "m",
                "q",
                List.of("text"),
                null,
                WithoutTokens.FAIL,
                Passages.beginning(),
                false,
                Combination.REPLACE,
                null,
                OnFailure.FAIL));
  }

  @Test
  void everyOptionIsReadAndWrittenBack() throws IOException {
    Clause all =
        new Clause(
            "base",
            "why is the sky blue",
            List.of("title", "text"),
            null,
            WithoutTokens.FAIL,
            new Windows(96, 48, 5, Selection.LEXICAL, new Aggregation(Kind.TOP_K_MEAN, 3)),
            true,
            new Combination(ScoreMode.TOTAL, 0.25f, 2),
            TimeValue.timeValueMillis(500),
            OnFailure.FIRST_STAGE);
    String written = Strings.toString(all);
    assertThat(written)
        .isEqualTo(
            "{\"model\":\"base\",\"query\":\"why is the sky blue\",\"fields\":[\"title\",\"text\"],"
                + "\"passages\":{\"length\":96,\"stride\":48,\"max\":5,\"select\":\"lexical\","
                + "\"aggregate\":\"top_k_mean\",\"top_k\":3},\"show_passages\":true,"
                + "\"score_mode\":\"total\",\"query_weight\":0.25,\"rescore_query_weight\":2.0,"
                + "\"timeout\":\"500ms\",\"on_failure\":\"first_stage\"}");
    assertThat(parse(written)).isEqualTo(all);
  }

  @Test
  void windowsHaveDefaultsToo() throws IOException {
    assertThat(parse("{" + GOOD + ", \"passages\": {\"length\": 96}}").passages())
        .isEqualTo(new Windows(96, 48, 4, Selection.LEXICAL, new Aggregation(Kind.MAX, 2)));
  }

  @Test
  void tokensStandInPlaceOfFields() throws IOException {
    Clause clause =
        parse(
            "{\"model\": \"m\", \"query\": \"q\", \"tokens\": \"t\", \"without_tokens\": \"source\"}");
    assertThat(clause.tokens()).isEqualTo("t");
    assertThat(clause.withoutTokens()).isEqualTo(WithoutTokens.SOURCE);
    assertThat(parse(Strings.toString(clause))).isEqualTo(clause);
  }

  @Test
  void oneFieldNeedsNoList() throws IOException {
    assertThat(parse("{\"model\": \"m\", \"query\": \"q\", \"fields\": \"text\"}").fields())
        .containsExactly("text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                      | [model] is missing; name a folder
          {"model": 7}                                            | [model] is the number [7]; give a text
          {"model": "../m"}                                       | [model] is [../m]; a model is named by lower-case letters
          {"model": null}                                         | [model] is null; give a text
          {"model": {"id": "m"}}                                  | [model] is an object; give a text
          {"model": "m"}                                          | [query] is missing
          {"model": "m", "query": " "}                            | [query] is empty
          {"model": "m", "query": ["q"]}                          | [query] is a list; give a text
          {"model": "m", "query": "q"}                            | [fields] is missing or empty
          {"model": "m", "query": "q", "fields": []}              | [fields] is missing or empty
          {"model": "m", "query": "q", "fields": [1]}             | [fields] is the number [1]; give a text
          {"model": "m", "query": "q", "fields": ["a", "a"]}      | [fields] names [a] twice
          {"model": "m", "query": "q", "fields": [""]}            | [fields] is empty; name a field
          {"passages": 96}                                        | [passages] is the number [96]; give an object such as {"length": 96}
          {"passages": {}}                                        | [passages] [length] is missing; give the tokens of a window
          {"passages": {"length": "96"}}                          | [passages] [length] is [96]; give a whole number
          {"passages": {"length": 96.5}}                          | [passages] [length] is [96.5]; give a whole number
          {"passages": {"length": 0}}                             | [passages] [length] is [0]; give 1 or more
          {"passages": {"length": 96, "stride": 97}}              | [passages] [stride] is [97], more than [length] of [96]
          {"passages": {"length": 96, "lead": 96}}                | [passages] [lead] is [96]; give from 0 to less than [length] of [96]
          {"passages": {"length": 96, "select": "all"}}           | [passages] [select] is [all]; give one of [none, lexical]
          {"passages": {"length": 96, "window": 1}}               | [passages] unknown option [window]; the options are [length, lead, stride
          {"model": "m", "query": "q", "tokens": 5}               | [tokens] is the number [5]; give a text
          {"model": "m", "query": "q", "tokens": "t", "fields": ["f"]} | [tokens] and [fields] both say what is scored; leave out one
          {"model": "m", "query": "q", "fields": ["f"], "without_tokens": "fail"} | [without_tokens] is given without [tokens]
          {"without_tokens": "skip"}                              | [without_tokens] is [skip]; give one of [fail, source]
          {"show_passages": "yes"}                                | [show_passages] is the text [yes]; give true or false
          {"score_mode": "sum"}                                   | [score_mode] is [sum]; give one of [replace, total, multiply, avg, max, min, logit_total]
          {"query_weight": -1}                                    | [query_weight] is [-1]; give one from 0 to 3.4e38
          {"query_weight": "1"}                                   | [query_weight] is the text [1]; give a number
          {"rescore_query_weight": 1e60}                          | [rescore_query_weight] is [1e60]; give one from 0 to 3.4e38
          {"timeout": 5}                                          | [timeout] is the number [5]; give a text
          {"timeout": "5 parsecs"}                                | [timeout] is [5 parsecs]; give a time such as 500ms
          {"timeout": "0ms"}                                      | [timeout] is [0ms]; give more than 0
          {"on_failure": "ignore"}                                | [on_failure] is [ignore]; give one of [fail, first_stage]
          {"window": 5}                                           | unknown option [window]; the options are [model, query, fields
          """)
  void whatIsWrongIsNamed(String clause, String message) {
    assertThatThrownBy(() -> parse(clause))
        .isInstanceOf(ParsingException.class)
        .hasMessageStartingWith("[cross_encoder] ")
        .hasMessageContaining(message);
  }

  private static Clause parse(String json) throws IOException {
    try (XContentParser parser =
        JsonXContent.jsonXContent.createParser(XContentParserConfiguration.EMPTY, json)) {
      return ClauseParser.parse(parser);
    }
  }
}
