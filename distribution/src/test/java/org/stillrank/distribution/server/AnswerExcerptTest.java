/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document shows of an answer can be wrong. */
class AnswerExcerptTest {
  private static final String ANSWER =
      "{\"took\": 3, \"hits\": [{\"_id\": \"1\", \"_score\": 0.5}, {\"_id\": \"2\"}],"
          + " \"nodes\": {\"x\": {\"name\": \"n1\"}, \"y\": {\"name\": \"n2\"}}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"took": 3}
          {"took": "…"}
          {"hits": [{"_id": "1", "_score": 0.50}, {"_id": "…"}]}
          {"hits": [{"_id": "1"}, "…"]}
          {"nodes": {"…": {"name": "n2"}}}
          {"nodes": {"x": {"name": "n…"}}}
          """)
  void aPartOfTheAnswerIsFound(String shown) {
    assertThat(differences(shown)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"took": 4}                      | answer.took is [3], shown is [4]
          {"took": "3"}                    | answer.took is [3], shown is ["3"]
          {"timed_out": "…"}               | answer.timed_out is missing
          {"hits": []}                     | answer.hits is [
          {"hits": [{"_id": "1"}]}         | answer.hits is [
          {"hits": ["…", "…", "…", "…"]}   | answer.hits is [
          {"hits": [{"_id": "2"}, "…"]}    | answer.hits[0]._id is ["1"], shown is ["2"]
          {"nodes": {"…": {"name": "n3"}}} | answer.nodes.….name is ["n1"], shown is ["n3"]
          {"nodes": {"x": {"name": "m…"}}} | answer.nodes.x.name is ["n1"], shown is ["m…"]
          """)
  void whatDiffersIsNamed(String shown, String difference) {
    assertThat(differences(shown)).isNotEmpty().first().asString().startsWith(difference);
  }

  private static List<String> differences(String shown) {
    return new AnswerExcerpt("json", shown).differences(ANSWER);
  }
}
