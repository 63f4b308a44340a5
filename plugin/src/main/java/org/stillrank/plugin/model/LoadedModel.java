/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.core.AbstractRefCounted;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.Schedule;
import org.stillrank.reranker.scoring.Scored;
import org.stillrank.reranker.scoring.ScoringOptions;

/**
 * A model in memory, counted by those who use it: the registry while it is the present one of its
 * name, and every reranking in progress. It is freed by the last of them.
 */
public final class LoadedModel extends AbstractRefCounted {
  private final ModelBundle bundle;
  private final CrossEncoder encoder;

  private LoadedModel(ModelBundle bundle, CrossEncoder encoder) {
    this.bundle = bundle;
    this.encoder = encoder;
  }

  static LoadedModel open(Path folder, Schedule schedule) throws IOException {
    ModelBundle bundle = ModelBundle.open(folder);
    return new LoadedModel(
        bundle, CrossEncoder.open(bundle, ScoringOptions.defaults().withSchedule(schedule)));
  }

  /** What the folder says about it. */
  public ModelBundle bundle() {
    return bundle;
  }

  /** Logits in the order of the passages, and what they took. */
  public Scored score(String query, List<String> passages, Cancellation cancellation) {
    return encoder.measured(query, passages, cancellation);
  }

  @Override
  protected void closeInternal() {
    encoder.close();
  }
}
