/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.stillrank.trainer.config.Excerpts;
import org.stillrank.trainer.config.Source;

class PreparationFingerprintTest {
  /** The second is what a training of before the key existed has in its checkpoints. */
  @Test
  void aKeyThatIsLeftOutIsNotThere() {
    assertThat(PreparationFingerprint.spelled(List.of(source(null))))
        .isEqualTo(
            "[Source[kind=TITLE, collection=scifact, split=null, retrievers=[bm25], licence=ours,"
                + " listsPerQuery=1, maxQueries=null, seed=null, begins=0.0, ends=1.0]]");
    assertThat(PreparationFingerprint.spelled(List.of(source(new Excerpts(0.5, 0.25, 60, 16)))))
        .contains("excerpts=Excerpts[titles=0.5, windows=0.25, words=60, lead=16]");
  }

  private static Source source(@Nullable Excerpts excerpts) {
    return new Source(
        Source.Kind.TITLE, "scifact", null, List.of("bm25"), "ours", 1, null, null, excerpts, 0, 1);
  }
}
