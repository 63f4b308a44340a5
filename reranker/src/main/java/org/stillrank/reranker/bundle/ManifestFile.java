/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.bundle.BundleManifest.FileRecord;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code bundle.json}, strictly: unknown and missing fields are errors. */
final class ManifestFile {
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> MODEL_NAMES =
      Set.of(BundleManifest.FP32_MODEL_NAME, BundleManifest.INT8_MODEL_NAME);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ManifestFile() {}

  static BundleManifest read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "["
              + file
              + "] is not there, so its folder is no bundle; only a bundle's files can be named");
    }
    BundleManifest manifest;
    try {
      manifest = JSON.readValue(file, BundleManifest.class);
    } catch (DatabindException e) {
      throw new InvalidInputException(
          "["
              + file
              + "] has a field that does not fit at ["
              + e.getPathReference()
              + "]: "
              + e.getOriginalMessage()
              + "; correct it, or write the bundle again",
          e);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "["
              + file
              + "] is not whole JSON ("
              + e.getOriginalMessage()
              + "); copy the bundle again",
          e);
    }
    check(manifest, file);
    return manifest;
  }

  static void write(Path file, BundleManifest manifest) throws IOException {
    byte[] json = JSON.writeValueAsBytes(manifest);
    AtomicOutput.file(file, out -> out.write(json));
  }

  /** What types alone do not say. */
  static void check(BundleManifest manifest, Path file) {
    require(
        manifest.formatVersion() == BundleManifest.FORMAT_VERSION,
        file,
        "format_version",
        manifest.formatVersion(),
        "this version reads format " + BundleManifest.FORMAT_VERSION);
    String id = manifest.id();
    require(id != null && !id.isBlank(), file, "id", id, "give the model a name");
    require(
        MODEL_NAMES.contains(manifest.defaultModel()),
        file,
        "default_model",
        manifest.defaultModel(),
        "it is one of " + MODEL_NAMES);
    require(
        manifest.quantisation().containsKey(manifest.defaultModel()),
        file,
        "quantisation",
        manifest.quantisation(),
        "say how [" + manifest.defaultModel() + "] is quantised");
    for (String name : manifest.quantisation().keySet()) {
      require(
          MODEL_NAMES.contains(name), file, "quantisation", name, "it is one of " + MODEL_NAMES);
    }
    for (Map.Entry<String, FileRecord> entry : manifest.files().entrySet()) {
      require(
          FILE_NAME.matcher(entry.getKey()).matches(),
          file,
          "files",
          entry.getKey(),
          "files lie in the bundle's own folder and have plain names");
      @Nullable FileRecord record = entry.getValue();
      String sha256 = record == null ? null : record.sha256();
      require(
          sha256 != null && SHA256.matcher(sha256).matches(),
          file,
          "files." + entry.getKey() + ".sha256",
          sha256,
          "it is 64 lower-case hexadecimal digits");
    }
  }

  private static void require(
      boolean holds, Path file, String field, @Nullable Object value, String remedy) {
    if (!holds) {
      throw new InvalidInputException(
          "[" + file + "], field [" + field + "]: [" + value + "] cannot be used: " + remedy);
    }
  }
}
