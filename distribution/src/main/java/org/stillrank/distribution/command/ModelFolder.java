/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.bundle.ModelBundle;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command is about. */
final class ModelFolder {
  private static final Pattern FILE = Pattern.compile("(.+):([^/\\\\:]+\\.onnx)");

  @Parameters(
      paramLabel = "MODEL",
      description =
          "A bundle (bundle.json) or a Hugging Face cross-encoder folder (config.json,"
              + " tokenizer.json, onnx/model.onnx or model.onnx).")
  Path folder;

  @Option(
      names = "--file",
      paramLabel = "NAME",
      description =
          "A model file of the bundle other than its default: model.onnx, model.int8.onnx.")
  @Nullable String file;

  /** Of {@code FOLDER} or {@code FOLDER:NAME}. */
  static ModelFolder of(String text) {
    Matcher parts = FILE.matcher(text);
    ModelFolder model = new ModelFolder();
    model.folder = Path.of(parts.matches() ? parts.group(1) : text);
    model.file = parts.matches() ? parts.group(2) : null;
    return model;
  }

  ModelBundle open() throws IOException {
    return file == null ? ModelBundle.open(folder) : ModelBundle.open(folder, file);
  }
}
