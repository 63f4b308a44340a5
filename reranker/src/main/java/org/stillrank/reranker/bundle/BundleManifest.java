/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of {@code bundle.json}; its JSON schema is {@code bundle.schema.json} beside this
 * class.
 *
 * @param formatVersion always {@link #FORMAT_VERSION}
 * @param id the model's name
 * @param family the architecture: bert, roberta, …
 * @param objective what it was trained with
 * @param maxLength tokens of a whole pair, special tokens included
 * @param maxQueryLength tokens of the query alone
 * @param separator what joins a document's fields
 * @param scoreActivation what turns a logit into the score the model was trained to mean
 * @param defaultModel the model file used when nothing else is asked for
 * @param quantisation of each model file, by its name
 * @param files SHA-256 and size of each file other than bundle.json, by its name
 * @param provenance where the model comes from
 * @param results what it reached
 */
public record BundleManifest(
    @JsonProperty("format_version") int formatVersion,
    String id,
    String family,
    String objective,
    @JsonProperty("max_length") int maxLength,
    @JsonProperty("max_query_length") int maxQueryLength,
    String separator,
    @JsonProperty("score_activation") ScoreActivation scoreActivation,
    @JsonProperty("default_model") String defaultModel,
    Map<String, Quantisation> quantisation,
    SortedMap<String, FileRecord> files,
    Provenance provenance,
    List<MeasuredResult> results) {
  public static final int FORMAT_VERSION = 1;
  public static final String FILE_NAME = "bundle.json";
  public static final String TOKENIZER_NAME = "tokenizer.json";
  public static final String FP32_MODEL_NAME = "model.onnx";
  public static final String INT8_MODEL_NAME = "model.int8.onnx";
  public static final int DEFAULT_MAX_QUERY_LENGTH = 64;
  public static final String DEFAULT_SEPARATOR = " ";

  public BundleManifest {
    quantisation = Collections.unmodifiableMap(new LinkedHashMap<>(quantisation));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    results = List.copyOf(results);
  }

  /** Whether a model's folder is a bundle. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(FILE_NAME));
  }

  /** The same manifest for other files. */
  public BundleManifest withFiles(SortedMap<String, FileRecord> newFiles) {
    return new BundleManifest(
        formatVersion,
        id,
        family,
        objective,
        maxLength,
        maxQueryLength,
        separator,
        scoreActivation,
        defaultModel,
        quantisation,
        newFiles,
        provenance,
        results);
  }

  /** The same manifest with other measured results. */
  public BundleManifest withResults(List<MeasuredResult> newResults) {
    return new BundleManifest(
        formatVersion,
        id,
        family,
        objective,
        maxLength,
        maxQueryLength,
        separator,
        scoreActivation,
        defaultModel,
        quantisation,
        files,
        provenance,
        newResults);
  }

  /**
   * What a file must be.
   *
   * @param sha256 64 lower-case hexadecimal digits
   * @param size in bytes
   */
  public record FileRecord(String sha256, long size) {}

  /**
   * What a model file reached on a collection, or how far it is from the network it was made of.
   *
   * @param model the model file's name
   * @param collection the collection, with its split; or which pairs
   * @param setting how it was run: first stage, depth, interpolation
   * @param measures values by their names, such as the mean {@code nDCG@10}
   */
  public record MeasuredResult(
      String model, String collection, String setting, Map<String, Double> measures) {
    public MeasuredResult {
      measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }
  }
}
