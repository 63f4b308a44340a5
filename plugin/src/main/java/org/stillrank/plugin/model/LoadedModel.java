/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.model;

import java.io.IOException;
import java.nio.file.Path;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.core.AbstractRefCounted;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.rest.RestStatus;
import org.stillrank.plugin.memory.MemoryNeed;
import org.stillrank.plugin.memory.NativeMemory;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.CharacterSpan;
import org.stillrank.reranker.passage.Span;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.Schedule;
import org.stillrank.reranker.scoring.Scored;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.reranker.scoring.ScoringRequest;

/**
 * A model in memory, counted by those who use it: the registry while it is the present one of its
 * name, and every reranking in progress. It is freed by the last of them.
 */
public final class LoadedModel extends AbstractRefCounted {
  private final ModelBundle bundle;
  private final CrossEncoder encoder;
  private final String identity;
  private final long tokenFingerprint;
  private final MemoryNeed need;
  private final Releasable memory;

  private LoadedModel(
      ModelBundle bundle,
      CrossEncoder encoder,
      String tokenizerSha256,
      MemoryNeed need,
      Releasable memory) {
    this.bundle = bundle;
    this.encoder = encoder;
    this.need = need;
    this.memory = memory;
    this.tokenFingerprint = TokenFingerprint.of(tokenizerSha256, bundle.separator());
    this.identity =
        bundle.onnxSha256() + " " + tokenizerSha256 + " " + bundle.limits() + " " + bundle.padId();
  }

  /**
   * Opens it, once there is memory for it.
   *
   * @param id its name on this node
   * @throws org.stillrank.plugin.memory.NativeMemoryException when there is none
   */
  static LoadedModel open(String id, Path folder, Schedule schedule, NativeMemory memory)
      throws IOException {
    ModelBundle bundle = ModelBundle.open(folder);
    String tokenizerSha256 = FileHash.sha256(bundle.tokenizerFile());
    MemoryNeed need = MemoryNeed.of(bundle, schedule);
    Releasable reserved = memory.reserve(id, bundle.onnxSha256(), need);
    boolean opened = false;
    try {
      CrossEncoder encoder =
          CrossEncoder.open(bundle, ScoringOptions.defaults().withSchedule(schedule));
      opened = true;
      return new LoadedModel(bundle, encoder, tokenizerSha256, need, reserved);
    } finally {
      if (!opened) {
        reserved.close();
      }
    }
  }

  /** The same for models that give the same scores, and for no others. */
  public String identity() {
    return identity;
  }

  /** As {@link TokenFingerprint} tells it. */
  public long tokenFingerprint() {
    return tokenFingerprint;
  }

  /** Bytes of native memory that are set aside for it, by itself. */
  long nativeBytes() {
    return need.bytes();
  }

  /** What the folder says about it. */
  public ModelBundle bundle() {
    return bundle;
  }

  /**
   * Logits in the order of the texts, and what they took.
   *
   * @throws org.elasticsearch.ElasticsearchStatusException (400) when the model cannot read such
   *     passages, or they are more than is allowed
   */
  public Scored score(ScoringRequest request, Cancellation cancellation) {
    try {
      return encoder.measured(request, cancellation);
    } catch (InvalidInputException e) {
      throw new ElasticsearchStatusException(
          "[cross_encoder] " + e.getMessage(), RestStatus.BAD_REQUEST, e);
    }
  }

  /** Where in a text the tokens of a passage stand. */
  public CharacterSpan characters(String text, Span tokens) {
    return encoder.characters(text, tokens);
  }

  @Override
  protected void closeInternal() {
    try {
      encoder.close();
    } finally {
      memory.close();
    }
  }
}
