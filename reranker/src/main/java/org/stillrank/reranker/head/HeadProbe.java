/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.session.InferenceException;
import org.stillrank.reranker.session.OnnxSession;
import org.stillrank.reranker.session.Termination;
import org.stillrank.reranker.session.TokenInputs;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.QueryTokens;
import org.stillrank.reranker.tokenization.TokenPair;

/**
 * Tries a model and a tokenizer together before anyone relies on them: does it score pairs, does it
 * know every token the tokenizer can answer, does it read pairs as long as it claims, and are its
 * scores the same alone and in a batch.
 *
 * @param head where the scores come out
 * @param dependence what comparing scores alone and in a batch showed
 * @param largestDifference the largest such difference
 */
public record HeadProbe(ScoringHead head, BatchDependence dependence, float largestDifference) {
  /** Scores of the same pair that differ by more do depend on the batch. */
  public static final float TOLERANCE = 1e-5f;

  private static final String QUERY = "how cold is sea water in winter";
  private static final List<String> PASSAGES =
      List.of(
          "Sea water freezes at about -1.8 degrees Celsius.",
          "7",
          "Harbours of the north stay closed for weeks: the ice is broken by ships that are heavy"
              + " enough, and in the coldest months (January, February) even they wait.");

  /**
   * Runs the probes.
   *
   * @param name the model, for messages
   * @throws InvalidInputException saying which probe failed and what to do
   */
  public static HeadProbe run(
      OnnxSession session, PairTokenizer tokenizer, int padId, String name) {
    QueryTokens query = tokenizer.query(QUERY);
    // One by one: a server needs no threads that all tokenizers share.
    List<TokenPair> pairs =
        PASSAGES.stream().map(passage -> tokenizer.pair(query, passage)).toList();
    TokenInputs inputs = new TokenInputs();
    ScoringHead head = ScoringHead.find(session, name, inputs.fill(pairs, padId));
    int highest = tokenizer.vocabulary().highestId();
    int longest = tokenizer.limits().maxLength();
    attempt(
        head,
        inputs.fill(List.of(withOneToken(pairs.getFirst(), highest)), padId),
        "the tokenizer answers ids up to ["
            + highest
            + "] but the model ["
            + name
            + "] has no embedding for them: tokenizer.json belongs to another model; copy the one"
            + " that the model was trained with");
    attempt(
        head,
        inputs.fill(List.of(stretched(pairs.getFirst(), longest)), padId),
        "the model ["
            + name
            + "] cannot read pairs of max_length ["
            + longest
            + "] tokens: it has fewer positions; lower max_length");
    float difference = largestDifference(head, pairs, padId);
    return new HeadProbe(
        head,
        difference > TOLERANCE ? BatchDependence.BATCH_DEPENDENT : BatchDependence.INDEPENDENT,
        difference);
  }

  private static void attempt(ScoringHead head, TokenInputs inputs, String otherwise) {
    try {
      head.logits(inputs, new Termination());
    } catch (InferenceException e) {
      throw new InvalidInputException(otherwise + " (" + e.getMessage() + ")", e);
    }
  }

  private static float largestDifference(ScoringHead head, List<TokenPair> pairs, int padId) {
    TokenInputs inputs = new TokenInputs();
    float[] together = head.logits(inputs.fill(pairs, padId), new Termination());
    List<Float> differences = new ArrayList<>();
    for (int i = 0; i < together.length; i++) {
      float alone = head.logits(inputs.fill(List.of(pairs.get(i)), padId), new Termination())[0];
      differences.add(Math.abs(alone - together[i]));
    }
    return differences.stream().max(Float::compare).orElse(0f);
  }

  private static TokenPair withOneToken(TokenPair pair, int id) {
    int[] ids = pair.ids().clone();
    ids[ids.length / 2] = id;
    return new TokenPair(ids, pair.typeIds());
  }

  private static TokenPair stretched(TokenPair pair, int length) {
    int[] ids = Arrays.copyOf(pair.ids(), length);
    int[] typeIds = Arrays.copyOf(pair.typeIds(), length);
    int filler = pair.ids()[pair.length() / 2];
    int segment = pair.typeIds()[pair.length() - 1];
    for (int i = Math.min(pair.length(), length); i < length; i++) {
      ids[i] = filler;
      typeIds[i] = segment;
    }
    return new TokenPair(ids, typeIds);
  }
}
