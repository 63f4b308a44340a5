/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.util.List;
import java.util.Map;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.rest.RestStatus;
import org.stillrank.reranker.passage.Aggregation;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.passage.Selection;
import org.stillrank.reranker.passage.Windows;
import org.stillrank.reranker.scale.RelevanceScale;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringRequest;
import org.stillrank.reranker.scoring.TokenLimit;

/** What a clause scores and shows of long texts. */
public class ClausePassagesTests extends ClauseTestCase {
  public void testWindowsOfALongTextAreScoredAndTheWinnerIsExplained() throws Exception {
    String text = "ice ".repeat(80) + "where does bread rise " + "ice ".repeat(80);
    index("{\"text\": \"" + text + "\", \"rank\": 3}", "{\"rank\": 2}");
    float expected;
    try (CrossEncoder encoder = TinyModel.open("bert-one-output")) {
      Passages passages = new Windows(12, 1, 1, Selection.LEXICAL, Aggregation.max());
      expected =
          RelevanceScale.ofLogit(
              encoder.measured(
                      ScoringRequest.of(QUERY, List.of(text), passages, TokenLimit.none()),
                      Cancellation.NONE)
                  .logits()[0]);
    }
    search(
        "\"explain\": true, "
            + BY_RANK
            + ", "
            + rescore(
                10,
                "\"fields\": [\"text\"], \"show_passages\": true,"
                    + " \"passages\": {\"length\": 12, \"stride\": 1, \"max\": 1}"),
        response -> {
          assertNoFailures(response);
          assertEquals(expected, response.getHits().getAt(0).getScore(), 1e-5);
          String explanation = response.getHits().getAt(0).getExplanation().toString();
          assertTrue(explanation, explanation.contains("counts most of [1] scored: characters ["));
          assertTrue(explanation, explanation.contains("where does bread rise"));
          Map<String, Object> shown = response.getHits().getAt(0).field("_passage").getValue();
          assertTrue(shown.toString(), shown.get("text").toString().contains("does bread rise"));
          assertEquals(
              shown.get("text"), text.substring((int) shown.get("from"), (int) shown.get("to")));
          assertNull(response.getHits().getAt(1).field("_passage"));
          String nothing = response.getHits().getAt(1).getExplanation().toString();
          assertTrue(nothing, nothing.contains("the document has no text in these fields"));
        });
  }

  public void testTheBeginningIsShownAsFarAsTheModelReads() throws Exception {
    String text = "the harbour freezes in cold winters ".repeat(60);
    index("{\"text\": \"" + text + "\", \"rank\": 3}");
    search(
        BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"], \"show_passages\": true"),
        response -> {
          Map<String, Object> shown = response.getHits().getAt(0).field("_passage").getValue();
          String words = shown.get("text").toString();
          assertTrue(words, text.startsWith(words) && words.length() < 600);
        });
  }

  public void testAPassageThatCannotBeShownLosesNoHit() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}", "{\"text\": \"harbour\", \"rank\": 2}");
    search(
        BY_RANK
            + ", "
            + rescore(
                10,
                "\"fields\": [\"text\"], \"show_passages\": true, \"timeout\": \"1nanos\","
                    + " \"on_failure\": \"first_stage\""),
        response -> {
          assertNoFailures(response);
          assertEquals(List.of("0", "1"), ids(response));
          assertNull(response.getHits().getAt(0).field("_passage"));
        });
  }

  public void testPassagesThatCannotBeScoredAreBadRequests() throws Exception {
    index("{\"text\": \"" + "ice ".repeat(500) + "\", \"rank\": 3}");
    assertRefused(
        "\"passages\": {\"length\": 30}",
        "[length] is [30], but of the [96] tokens that the model");
    String two = "\"passages\": {\"length\": 20, \"max\": 2}";
    setting("stillrank.rescore.max_tokens", 40);
    assertRefused(
        two, "tokens already, and [stillrank.rescore.max_tokens] is [40]; score fewer texts");
    setting("stillrank.rescore.max_tokens", null);
    search(
        BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"], " + two),
        response -> assertNoFailures(response));
  }

  private void assertRefused(String passages, String message) {
    Exception failure =
        expectThrows(
            Exception.class,
            () ->
                search(
                    BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"], " + passages),
                    response -> {}));
    assertEquals(RestStatus.BAD_REQUEST, ExceptionsHelper.status(failure));
    assertTrue(
        ExceptionsHelper.stackTrace(failure),
        ExceptionsHelper.stackTrace(failure).contains(message));
  }
}
