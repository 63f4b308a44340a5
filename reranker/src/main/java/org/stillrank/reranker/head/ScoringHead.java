/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.head;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.session.FloatTensor;
import org.stillrank.reranker.session.InferenceException;
import org.stillrank.reranker.session.OnnxSession;
import org.stillrank.reranker.session.TensorDescription;
import org.stillrank.reranker.session.Termination;
import org.stillrank.reranker.session.TokenInputs;

/** The part of a model that answers one number for each pair: which output, and in what form. */
public final class ScoringHead {
  private static final String USUAL_OUTPUT = "logits";
  private static final Set<String> REQUIRED = Set.of("input_ids", "attention_mask");
  private static final Set<String> KNOWN = Set.of("input_ids", "attention_mask", "token_type_ids");

  private final OnnxSession session;
  private final String output;
  private final HeadForm form;

  private ScoringHead(OnnxSession session, String output, HeadForm form) {
    this.session = session;
    this.output = output;
    this.form = form;
  }

  /**
   * Finds the head of a model by its declared tensors and by what it answers to a few pairs.
   *
   * @param name the model, for messages
   * @param probe at least three rows, so that a row count is not taken for a number of logits
   * @throws InvalidInputException when the model does not answer one number for each pair
   */
  static ScoringHead find(OnnxSession session, String name, TokenInputs probe) {
    checkInputs(session.inputs(), name);
    String output = output(session.outputs(), name);
    FloatTensor answer;
    try {
      answer = session.run(probe, output, new Termination());
    } catch (InferenceException e) {
      throw new InvalidInputException(
          "the model ["
              + name
              + "] cannot score a short pair ("
              + e.getMessage()
              + "); its tokenizer.json may belong to another model, or the export is broken",
          e);
    }
    HeadForm form =
        HeadForm.of(answer, probe.rows())
            .orElseThrow(() ->
                new InvalidInputException(
                    "the model ["
                        + name
                        + "] has no scoring head: to ["
                        + probe.rows()
                        + "] pairs its output ["
                        + output
                        + "] answers "
                        + Arrays.toString(answer.shape())
                        + " where [n, 1], [n, 2] or [n] is a score; export the"
                        + " sequence-classification model with one label, not the encoder"));
    return new ScoringHead(session, output, form);
  }

  /**
   * The raw logit of each row, {@code [rows]}.
   *
   * @throws InferenceException when the runtime fails, was terminated, or a logit is no number
   */
  public float[] logits(TokenInputs batch, Termination termination) {
    FloatTensor answer = session.run(batch, output, termination);
    float[] logits = new float[batch.rows()];
    for (int row = 0; row < logits.length; row++) {
      logits[row] = form.logit(answer.values(), row);
      if (!Float.isFinite(logits[row])) {
        throw new InferenceException(
            "the model answered ["
                + logits[row]
                + "] for a pair of up to ["
                + batch.length()
                + "] tokens; its weights or its export are broken",
            null);
      }
    }
    return logits;
  }

  private static void checkInputs(Map<String, TensorDescription> inputs, String name) {
    Set<String> unknown = new TreeSet<>(inputs.keySet());
    unknown.removeAll(KNOWN);
    boolean integers =
        inputs.values().stream()
            .allMatch(input -> input.type().equals("INT64") && input.shape().size() == 2);
    if (!inputs.keySet().containsAll(REQUIRED) || !unknown.isEmpty() || !integers) {
      throw new InvalidInputException(
          "the model ["
              + name
              + "] reads "
              + inputs
              + "; a cross-encoder reads input_ids, attention_mask and possibly token_type_ids, each"
              + " INT64 [batch, length]: export it again with these inputs");
    }
  }

  private static String output(Map<String, TensorDescription> outputs, String name) {
    if (outputs.isEmpty()) {
      throw new InvalidInputException("the model [" + name + "] has no output; export it again");
    }
    String output =
        outputs.containsKey(USUAL_OUTPUT)
            ? USUAL_OUTPUT
            : Collections.unmodifiableMap(outputs).keySet().iterator().next();
    TensorDescription description = outputs.get(output);
    if (description == null || !description.type().equals("FLOAT")) {
      throw new InvalidInputException(
          "the model ["
              + name
              + "] answers ["
              + output
              + "] as ["
              + description
              + "]; export it with float32 logits");
    }
    return output;
  }
}
