/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.trainer.config.BiEncoderConfig;
import org.stillrank.trainer.config.CrossEncoderConfig;
import org.stillrank.trainer.config.NeverNear;
import org.stillrank.trainer.config.Source;
import org.stillrank.trainer.config.TeacherConfig;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.config.Validation;
import org.stillrank.trainer.weights.ModelFiles;

/**
 * SHA-256 of what a prepared set depends on: the parts of the config that choose data, and the
 * files of every collection they name. The same fingerprint means the same set.
 */
final class PreparationFingerprint {
  /** Changes whenever this package would make another set of the same config and data. */
  private static final String VERSION = "preparation 1";

  private PreparationFingerprint() {}

  static String of(TrainingConfig config, DataHome home) throws IOException {
    MessageDigest digest = sha256();
    List<Object> parts = new ArrayList<>();
    parts.addAll(
        List.of(VERSION, spelled(config.sources()), config.candidates(), config.neverNear()));
    parts.addAll(queries(config.validation()));
    parts.add(config.optimisation().seed());
    for (Object part : parts) {
      update(digest, part.toString());
    }
    for (Source source : config.sources()) {
      for (String retriever : source.retrievers()) {
        if (retriever.startsWith(TrainingConfig.RUN)) {
          Path run = home.resolve(retriever.substring(TrainingConfig.RUN.length()));
          update(digest, retriever + " " + ofRun(run));
        }
      }
    }
    for (Validation.Folder folder : folders(config.validation())) {
      if (folder.run() != null) {
        update(digest, folder.run() + " " + ofRun(home.resolve(folder.run())));
      }
    }
    if (config.teacher() != null) {
      update(digest, teacher(config.teacher(), home));
    }
    TreeSet<String> collections = new TreeSet<>();
    config.sources().stream().map(Source::collection).forEach(collections::add);
    config.neverNear().stream().map(NeverNear::collection).forEach(collections::add);
    folders(config.validation()).stream()
        .map(Validation.Folder::collection)
        .forEach(collections::add);
    for (String collection : collections) {
      for (Path file : files(home.resolve(collection))) {
        update(digest, collection + " " + FileHash.sha256(file));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A key that a config leaves out must not tell it from one written before the key existed. */
  static String spelled(List<Source> sources) {
    return sources.toString().replace("excerpts=null, ", "");
  }

  /** Which queries choose; how often and by which measure changes none of them. */
  private static List<Object> queries(Validation validation) {
    return switch (validation) {
      case Validation.HeldOut heldOut -> {
        List<Object> parts = new ArrayList<>();
        parts.addAll(
            List.of(heldOut.collection(), heldOut.split(), heldOut.queries(), heldOut.depth()));
        if (heldOut.seed() != null) {
          parts.add("seed " + heldOut.seed());
        }
        yield parts;
      }
      case Validation.Folders folders -> List.copyOf(folders.folders());
    };
  }

  private static List<Validation.Folder> folders(Validation validation) {
    return validation instanceof Validation.Folders named ? named.folders() : List.of();
  }

  /** Where embeddings are kept changes none of them; what the files hold changes the scores. */
  private static String teacher(TeacherConfig teacher, DataHome home) throws IOException {
    StringBuilder parts = new StringBuilder("bm25 " + teacher.bm25Weight());
    for (BiEncoderConfig each : teacher.biEncoders()) {
      parts.append('\n').append(each);
      parts.append(' ').append(FileHash.sha256(ModelFiles.onnx(each.weights())));
      parts.append(' ').append(FileHash.sha256(ModelFiles.tokenizer(each.weights())));
    }
    for (CrossEncoderConfig each : teacher.crossEncoderMembers()) {
      ModelBundle model = ModelBundle.open(Path.of(each.model()));
      parts.append('\n').append(each.weight()).append(' ').append(model.onnxSha256());
      parts.append(' ').append(FileHash.sha256(model.tokenizerFile()));
      parts.append(' ').append(model.limits());
      if (each.passages() != null) {
        parts.append(' ').append(PassageOptions.spelled(each.reading()));
      }
    }
    for (TeacherConfig.RunFileConfig each : teacher.runFiles()) {
      parts.append('\n').append(each);
      parts.append(' ').append(ofRun(home.resolve(each.file())));
    }
    return parts.toString();
  }

  private static String ofRun(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "the run file ["
              + file
              + "] is not there; check its path, which starts at --data-home unless it is absolute");
    }
    return FileHash.sha256(file);
  }

  private static Iterable<Path> files(Path collection) throws IOException {
    TreeSet<Path> files = new TreeSet<>();
    for (Path folder : new Path[] {collection, collection.resolve("qrels")}) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.list(folder)) {
          all.filter(Files::isRegularFile).forEach(files::add);
        }
      }
    }
    return files;
  }

  private static void update(MessageDigest digest, String text) {
    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
