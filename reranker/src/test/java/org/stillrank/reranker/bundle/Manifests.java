/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stillrank.reranker.bundle.BundleManifest.MeasuredResult;
import org.stillrank.reranker.bundle.Provenance.Source;
import org.stillrank.reranker.scoring.TinyModels;

/** A manifest for the tiny models, and the files that go with it. */
public final class Manifests {
  private Manifests() {}

  public static BundleManifest tiny() {
    return new BundleManifest(
        BundleManifest.FORMAT_VERSION,
        "tiny",
        "bert",
        "infonce",
        96,
        32,
        " ",
        ScoreActivation.IDENTITY,
        BundleManifest.FP32_MODEL_NAME,
        Map.of(BundleManifest.FP32_MODEL_NAME, Quantisation.NONE),
        new TreeMap<>(),
        new Provenance(
            new Source("random", "Apache-2.0", "make_tiny_models.py"),
            List.of(new Source("none", "Apache-2.0", "this project")),
            null,
            7,
            0,
            Map.of("torch", "2.13.0")),
        List.of(
            new MeasuredResult(
                BundleManifest.FP32_MODEL_NAME,
                "scifact/test",
                "BM25 top 100",
                Map.of("nDCG@10", 0.1))));
  }

  public static Map<String, Path> files() {
    return files("bert-one-output");
  }

  public static Map<String, Path> files(String model) {
    Path folder = TinyModels.folder(model);
    return Map.of(
        BundleManifest.FP32_MODEL_NAME,
        folder.resolve("model.onnx"),
        BundleManifest.TOKENIZER_NAME,
        folder.resolve("tokenizer.json"));
  }
}
