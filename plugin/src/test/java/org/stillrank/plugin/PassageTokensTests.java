/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.xcontent.XContentType;
import org.junit.Before;
import org.stillrank.plugin.administration.ModelsRequest;
import org.stillrank.plugin.administration.ReloadAction;

/** Token ids made at index time score as the texts they are of. */
public class PassageTokensTests extends TinyNodeTestCase {
  private static final String TOKENS =
      "{\"type\": \"passage_tokens\", \"model\": \"tiny\","
          + " \"source_fields\": [\"title\", \"text\"]}";
  private static final List<String> DOCUMENTS =
      List.of(
          "{\"title\": \"Yeast\", \"text\": [\"bread rises\", \"sugar, gas and 漢字\"]}",
          "{\"text\": \"" + "the harbour freezes ".repeat(40) + "\"}",
          "{\"title\": \"no text\"}",
          "{\"other\": \"bread\"}",
          "{\"title\": \" \", \"text\": \"copper 😀 wires\"}");

  @Before
  public void threeModels() throws IOException {
    put("bert-one-output", "tiny");
    put("bert-two-outputs", "twin");
    put("roberta-one-output", "stranger");
  }

  public void testTokensScoreAsTheirTexts() throws Exception {
    create(", \"tokens\": " + TOKENS);
    add(0);
    for (String passages : List.of("", ", \"passages\": {\"length\": 12, \"max\": 2}")) {
      for (String model : List.of("tiny", "twin")) {
        Map<String, Float> expected = scores(model, "\"fields\": [\"title\", \"text\"]" + passages);
        assertEquals(5, expected.size());
        assertEquals(0, expected.get("3"), 0);
        assertEquals(expected, scores(model, "\"tokens\": \"tokens\"" + passages));
      }
    }
    search(
        "tiny",
        "\"tokens\": \"tokens\", \"show_passages\": true",
        response -> {
          Map<String, Object> shown = hit(response, "4").field("_passage").getValue();
          assertEquals("copper 😀 wires", shown.get("text"));
          assertNull(hit(response, "3").field("_passage"));
        });
  }

  public void testHitsWithoutTokensAreAnErrorOrAreReadFromSource() throws Exception {
    create("");
    add(0);
    map("tokens", TOKENS);
    add(5);
    String tokens = "\"tokens\": \"tokens\"";
    assertFails(
        "tiny",
        tokens,
        "[5] of [10] hits of index [texts] have no token ids in [tokens], for they were indexed"
            + " before it was mapped, or on a node without model [tiny]; index them again");
    assertEquals(
        scores("tiny", "\"fields\": [\"title\", \"text\"]"),
        scores("tiny", tokens + ", \"without_tokens\": \"source\""));
  }

  public void testTokensOfAnotherTokenizerAreAnErrorOrAreReadFromSource() throws Exception {
    create(", \"tokens\": " + TOKENS);
    add(0);
    String tokens = "\"tokens\": \"tokens\"";
    assertFails(
        "stranger",
        tokens,
        "[5] of [5] hits of index [texts] have token ids in [tokens] that another tokenizer made"
            + " (the mapping says model [tiny], the clause [stranger]); add a field for [stranger]"
            + " to the mapping and index them again");
    Map<String, Float> expected = scores("stranger", "\"fields\": [\"title\", \"text\"]");
    assertEquals(expected, scores("stranger", tokens + ", \"without_tokens\": \"source\""));
    rewriteFromSource();
    assertFails("stranger", tokens, "that another tokenizer made");
    map("of_stranger", TOKENS.replace("tiny", "stranger"));
    rewriteFromSource();
    assertEquals(expected, scores("stranger", "\"tokens\": \"of_stranger\""));
    assertEquals(
        retrieved("stranger", "\"fields\": [\"title\", \"text\"]"),
        retrieved("stranger", "\"tokens\": \"of_stranger\""));
    assertFails(
        "tiny",
        "\"tokens\": \"text\"",
        "[tokens] is [text], which is no field of type [passage_tokens] in index [texts]");
  }

  public void testARetrieverScoresTokensAsTheirTexts() throws Exception {
    create(", \"tokens\": " + TOKENS);
    add(0);
    for (String passages : List.of("", ", \"passages\": {\"length\": 12, \"max\": 2}")) {
      Map<String, Float> expected =
          retrieved("tiny", "\"fields\": [\"title\", \"text\"]" + passages);
      assertEquals(5, expected.size());
      assertEquals(expected, retrieved("tiny", "\"tokens\": \"tokens\"" + passages));
    }
    assertRetrieverFails(
        "stranger",
        "\"tokens\": \"tokens\"",
        "[5] of [5] hits have token ids in [tokens] of another tokenizer than the model's; index"
            + " them again in a field that is mapped to this model");
    assertRetrieverFails(
        "tiny",
        "\"tokens\": \"text\"",
        "[tokens] is [text], which is no field of type [passage_tokens] in an index of this search");
    assertRetrieverFails(
        "tiny",
        "\"tokens\": \"tokens\", \"show_passages\": true",
        "[show_passages] shows texts, and a retriever with [tokens] reads none; leave it out");
  }

  public void testARetrieverOfTokensNeedsNoSource() throws Exception {
    createWithoutSource();
    add(0);
    Map<String, Float> without = retrieved("tiny", "\"tokens\": \"tokens\"");
    client().admin().indices().prepareDelete("texts").get();
    create("");
    add(0);
    assertEquals(retrieved("tiny", "\"fields\": [\"title\", \"text\"]"), without);
    assertRetrieverFails(
        "tiny",
        "\"tokens\": \"tokens\"",
        "[tokens] is [tokens], which is no field of type [passage_tokens] in an index of this");
    map("tokens", TOKENS);
    add(5);
    assertRetrieverFails(
        "tiny", "\"tokens\": \"tokens\"", "[5] of [10] hits have no token ids in [tokens]; index");
  }

  public void testTokensAreForeignWhenTheirModelGetsAnotherTokenizerUntilIndexedAgain()
      throws Exception {
    create(", \"tokens\": " + TOKENS);
    add(0);
    String fields = "\"fields\": [\"title\", \"text\"]";
    String tokens = "\"tokens\": \"tokens\"";
    Map<String, Float> before = scores("tiny", tokens);
    put("roberta-one-output", "tiny");
    client().execute(ReloadAction.TYPE, new ModelsRequest("tiny")).actionGet(SOON);
    assertFails(
        "tiny",
        tokens,
        "[5] of [5] hits of index [texts] have token ids in [tokens] that another tokenizer made"
            + " (model [tiny] had other files when they were indexed)");
    assertRetrieverFails(
        "tiny",
        tokens,
        "[5] of [5] hits have token ids in [tokens] of another tokenizer than the model's; index");
    Map<String, Float> expected = scores("stranger", fields);
    assertNotEquals(before, expected);
    assertEquals(expected, scores("tiny", tokens + ", \"without_tokens\": \"source\""));
    rewriteFromSource();
    assertEquals(expected, scores("tiny", tokens));
    assertEquals(retrieved("stranger", fields), retrieved("tiny", tokens));
  }

  public void testMappingsAndDocumentsThatCannotBeAreRefused() throws Exception {
    for (Map.Entry<String, String> each :
        Map.of(
                "{\"type\": \"passage_tokens\", \"source_fields\": [\"text\"]}",
                "[model] is [null]",
                "{\"type\": \"passage_tokens\", \"model\": \"tiny\"}",
                "[source_fields] is missing or empty",
                "{\"type\": \"passage_tokens\", \"model\": \"../x\", \"source_fields\": [\"text\"]}",
                "[model] is [../x]",
                "{\"type\": \"text\", \"fields\": {\"tok\": " + TOKENS + "}}",
                "Field [tok] of type [passage_tokens] can't be used in multifields")
            .entrySet()) {
      Exception failure =
          expectThrows(Exception.class, () -> create(", \"tokens\": " + each.getKey()));
      assertTrue(
          ExceptionsHelper.stackTrace(failure),
          ExceptionsHelper.stackTrace(failure).contains(each.getValue()));
    }
    create(", \"tokens\": " + TOKENS);
    Exception given =
        expectThrows(
            Exception.class,
            () -> prepareIndex("texts").setSource("{\"tokens\": [1]}", XContentType.JSON).get());
    assertTrue(
        ExceptionsHelper.stackTrace(given),
        ExceptionsHelper.stackTrace(given)
            .contains("field [tokens] is computed from [title, text]; leave it out of documents"));
  }

  public void testTokensAreExplainedWithoutSource() throws Exception {
    createWithoutSource();
    add(0);
    search(
        clause("tiny", "\"tokens\": \"tokens\"").replaceFirst("\\{", "{\"explain\": true, "),
        response -> {
          SearchHit best = response.getHits().getAt(0);
          assertEquals(best.getScore(), best.getExplanation().getValue().floatValue(), 1e-6);
          String explanation = best.getExplanation().toString();
          assertTrue(explanation, explanation.contains("logit of the passage that counts most"));
        });
  }

  public void testADocumentIsKeptWhereTheModelIsMissing() throws Exception {
    create(", \"tokens\": " + TOKENS.replace("tiny", "absent"));
    add(0);
    assertFails(
        "tiny", "\"tokens\": \"tokens\"", "or on a node without model [absent]; index them again");
    search(
        "tiny",
        "\"fields\": [\"text\"]",
        response -> assertEquals("tokens", hit(response, "0").field("_ignored").getValue()));
  }

  private void create(String more) {
    client()
        .admin()
        .indices()
        .prepareCreate("texts")
        .setMapping(
            "{\"properties\": {\"title\": {\"type\": \"text\"}, \"text\": {\"type\": \"text\"}"
                + more
                + "}}")
        .get();
  }

  private void createWithoutSource() {
    client()
        .admin()
        .indices()
        .prepareCreate("texts")
        .setMapping(
            "{\"_source\": {\"enabled\": false}, \"properties\": {\"tokens\": " + TOKENS + "}}")
        .get();
  }

  private void map(String field, String type) {
    client()
        .admin()
        .indices()
        .preparePutMapping("texts")
        .setSource("{\"properties\": {\"" + field + "\": " + type + "}}", XContentType.JSON)
        .get();
  }

  /** What _update_by_query does with each document; its module is not among this server's. */
  private void rewriteFromSource() {
    for (int i = 0; i < DOCUMENTS.size(); i++) {
      client()
          .prepareUpdate("texts", "" + i)
          .setDoc("{}", XContentType.JSON)
          .setDetectNoop(false)
          .setRefreshPolicy(RefreshPolicy.IMMEDIATE)
          .get();
    }
  }

  private void add(int from) {
    for (int i = 0; i < DOCUMENTS.size(); i++) {
      prepareIndex("texts")
          .setId("" + (from + i))
          .setSource(DOCUMENTS.get(i), XContentType.JSON)
          .setRefreshPolicy(RefreshPolicy.IMMEDIATE)
          .get();
    }
  }

  private Map<String, Float> scores(String model, String options) throws IOException {
    return scores(clause(model, options));
  }

  private Map<String, Float> retrieved(String model, String options) throws IOException {
    return scores(retriever(model, options));
  }

  private Map<String, Float> scores(String body) throws IOException {
    Map<String, Float> scores = new TreeMap<>();
    search(
        body,
        response -> {
          for (SearchHit hit : response.getHits()) {
            scores.put(hit.getId(), hit.getScore());
          }
        });
    return scores;
  }

  private static SearchHit hit(SearchResponse response, String id) {
    return Stream.of(response.getHits().getHits())
        .filter(hit -> hit.getId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void assertFails(String model, String options, String message) {
    assertFails(clause(model, options), message);
  }

  private void assertRetrieverFails(String model, String options, String message) {
    assertFails(retriever(model, options), message);
  }

  private void assertFails(String body, String message) {
    Exception failure = expectThrows(Exception.class, () -> search(body, response -> {}));
    assertTrue(
        ExceptionsHelper.stackTrace(failure),
        ExceptionsHelper.stackTrace(failure).contains(message));
  }

  private static String clause(String model, String options) {
    return "{\"size\": 20, \"query\": {\"match_all\": {}}, \"rescore\": {\"window_size\": 20,"
        + " \"cross_encoder\": {\"model\": \""
        + model
        + "\", \"query\": \"why does bread rise\", "
        + options
        + "}}}";
  }

  private static String retriever(String model, String options) {
    return "{\"size\": 20, \"retriever\": {\"cross_encoder\": {\"retriever\": {\"standard\": {\"query\":"
        + " {\"match_all\": {}}}}, \"rank_window_size\": 20, \"model\": \""
        + model
        + "\", \"query\": \"why does bread rise\", "
        + options
        + "}}}";
  }

  private void search(String model, String options, Consumer<SearchResponse> check)
      throws IOException {
    search(clause(model, options), check);
  }

  private void search(String body, Consumer<SearchResponse> check) throws IOException {
    send(
        client(),
        request("texts", body),
        response -> {
          assertNoFailures(response);
          check.accept(response);
        });
  }
}
