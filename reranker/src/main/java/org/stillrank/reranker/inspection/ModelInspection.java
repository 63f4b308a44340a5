/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.inspection;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.BundleManifest.MeasuredResult;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.Provenance;
import org.stillrank.reranker.graph.OnnxGraph;
import org.stillrank.reranker.head.BatchDependence;
import org.stillrank.reranker.session.OnnxSession;
import org.stillrank.reranker.session.SessionSettings;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.Vocabulary;

/**
 * What a model says about itself, without scoring anything.
 *
 * @param facts in the order they are shown
 */
public record ModelInspection(List<Fact> facts) {
  public ModelInspection {
    facts = List.copyOf(facts);
  }

  /** One thing known about a model. */
  public record Fact(String name, String value) {}

  /**
   * Reads a model's description, its graph and its tokenizer.
   *
   * @throws org.stillrank.reranker.input.InvalidInputException when one of them is broken
   */
  public static ModelInspection of(ModelBundle bundle) throws IOException {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("id", bundle.id()));
    facts.add(new Fact("folder", bundle.directory().toString()));
    facts.add(
        new Fact(
            "kind",
            bundle.manifest().isPresent()
                ? "bundle, format " + BundleManifest.FORMAT_VERSION
                : "Hugging Face cross-encoder folder"));
    facts.add(
        new Fact(
            "model",
            String.format(
                Locale.ROOT,
                "%s, %,d bytes, SHA-256 %s",
                bundle.directory().relativize(bundle.onnxFile()),
                Files.size(bundle.onnxFile()),
                bundle.onnxSha256())));
    addGraph(bundle, facts);
    facts.add(
        new Fact(
            "pair",
            String.format(
                Locale.ROOT,
                "at most %d tokens, the query at most %d of them; fields joined by [%s]",
                bundle.maxLength(),
                bundle.maxQueryLength(),
                bundle.separator())));
    addTokenizer(bundle, facts);
    bundle.manifest().ifPresent(manifest -> addManifest(manifest, facts));
    return new ModelInspection(facts);
  }

  private static void addGraph(ModelBundle bundle, List<Fact> facts) throws IOException {
    OnnxGraph graph = OnnxGraph.read(bundle.onnxFile());
    facts.add(
        new Fact(
            "graph",
            String.format(
                Locale.ROOT,
                "opset %d, written by [%s], %d operators: %s",
                graph.opset(),
                graph.producer(),
                graph.operators().values().stream().mapToInt(Integer::intValue).sum(),
                listed(graph.operators()))));
    try (OnnxSession session =
        OnnxSession.open(
            bundle.onnxFile(), bundle.onnxSha256(), new SessionSettings(1), bundle.id())) {
      facts.add(new Fact("inputs", listed(session.inputs())));
      facts.add(new Fact("outputs", listed(session.outputs())));
    }
    facts.add(
        new Fact(
            "batches",
            switch (BatchDependence.ofOperators(bundle.onnxFile())) {
              case INDEPENDENT -> "no operator makes scores depend on the batch";
              case BATCH_DEPENDENT -> "batch_dependent: quantises activations over the whole batch";
            }));
  }

  private static void addTokenizer(ModelBundle bundle, List<Fact> facts) throws IOException {
    try (PairTokenizer tokenizer = PairTokenizer.open(bundle.tokenizerFile(), bundle.limits())) {
      Vocabulary vocabulary = tokenizer.vocabulary();
      facts.add(
          new Fact(
              "tokenizer",
              String.format(
                  Locale.ROOT,
                  "ids up to %d, pads with %d",
                  vocabulary.highestId(),
                  bundle.padId().orElse(vocabulary.padId()))));
    }
  }

  private static void addManifest(BundleManifest manifest, List<Fact> facts) {
    facts.add(new Fact("family", manifest.family()));
    facts.add(new Fact("objective", manifest.objective()));
    facts.add(new Fact("activation", manifest.scoreActivation().toString()));
    facts.add(new Fact("quantisation", listed(manifest.quantisation())));
    Provenance provenance = manifest.provenance();
    facts.add(new Fact("start weights", source(provenance.startWeights())));
    provenance.data().forEach(each -> facts.add(new Fact("data", source(each))));
    String teacher = provenance.teacher();
    facts.add(new Fact("teacher", teacher == null ? "none" : teacher));
    facts.add(
        new Fact(
            "training",
            String.format(
                Locale.ROOT,
                "seed %d, %d steps, %s",
                provenance.seed(),
                provenance.steps(),
                listed(provenance.versions()))));
    for (MeasuredResult result : manifest.results()) {
      facts.add(
          new Fact(
              "result",
              String.format(
                  Locale.ROOT,
                  "%s on %s, %s: %s",
                  result.model(),
                  result.collection(),
                  result.setting(),
                  listed(result.measures()))));
    }
  }

  private static String source(Provenance.Source source) {
    return String.format(
        Locale.ROOT, "%s (%s), %s", source.name(), source.licence(), source.origin());
  }

  private static String listed(Map<String, ?> values) {
    return values.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }
}
