/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.bundle.BundleWriter;
import org.stillrank.reranker.bundle.Manifests;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.inspection.ModelVerification.Outcome;
import org.stillrank.reranker.scoring.TinyModels;

class ModelVerificationTest {
  @TempDir private Path folder;

  @AfterEach
  void nothingNativeIsLeft() {
    assertThat(NativeHandle.open()).isEmpty();
  }

  @Test
  void aSoundBundlePasses() throws IOException {
    ModelVerification verification = ModelVerification.of(bundle());
    assertThat(verification.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(verification.checks())
        .extracting(ModelVerification.Check::detail)
        .anyMatch(detail -> detail.contains("2 files have the recorded SHA-256"))
        .anyMatch(detail -> detail.contains("the same alone and in a batch"));
  }

  @Test
  void aBatchDependentModelPassesBecauseItIsScoredOneAtATimeAndSaysSo() throws IOException {
    ModelVerification verification = ModelVerification.of(TinyModels.bundle("bert-dynamic-int8"));
    assertThat(verification.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(verification.checks())
        .extracting(ModelVerification.Check::detail)
        .anyMatch(detail -> detail.contains("batch_dependent"));
  }

  @Test
  void oneFailedCheckFailsTheWhole() {
    ModelVerification.Check passed = new ModelVerification.Check("a", Outcome.PASSED, "");
    ModelVerification.Check failed = new ModelVerification.Check("b", Outcome.FAILED, "");
    assertThat(new ModelVerification(List.of(passed, failed)).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aBundleIsShownWithItsOriginAndResults() throws IOException {
    assertThat(ModelInspection.of(bundle()).facts())
        .contains(
            new ModelInspection.Fact("kind", "bundle, format 1"),
            new ModelInspection.Fact("outputs", "logits FLOAT[-1, 1]"),
            new ModelInspection.Fact("data", "none (Apache-2.0), this project"),
            new ModelInspection.Fact(
                "result", "model.onnx on scifact/test, BM25 top 100: nDCG@10 0.1"));
  }

  private ModelBundle bundle() throws IOException {
    return BundleWriter.write(folder.resolve("bundle"), Manifests.tiny(), Manifests.files());
  }
}
