/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.trainer.config.BiEncoderConfig;
import org.stillrank.trainer.config.CrossEncoderConfig;
import org.stillrank.trainer.config.NeverNear;
import org.stillrank.trainer.config.Source;
import org.stillrank.trainer.config.TeacherConfig;
import org.stillrank.trainer.config.TrainingConfig;
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
    for (Object part :
        new Object[] {
          VERSION,
          config.sources(),
          config.candidates(),
          config.neverNear(),
          config.validation().collection(),
          config.validation().split(),
          config.validation().queries(),
          config.validation().depth(),
          config.optimisation().seed()
        }) {
      update(digest, part.toString());
    }
    for (Source source : config.sources()) {
      for (String retriever : source.retrievers()) {
        if (retriever.startsWith(TrainingConfig.RUN)) {
          Path run = home.resolve(retriever.substring(TrainingConfig.RUN.length()));
          update(digest, retriever + " " + FileHash.sha256(run));
        }
      }
    }
    if (config.teacher() != null) {
      update(digest, teacher(config.teacher(), home));
    }
    TreeSet<String> collections = new TreeSet<>();
    config.sources().stream().map(Source::collection).forEach(collections::add);
    config.neverNear().stream().map(NeverNear::collection).forEach(collections::add);
    for (String collection : collections) {
      for (Path file : files(home.resolve(collection))) {
        update(digest, collection + " " + FileHash.sha256(file));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
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
    }
    for (TeacherConfig.RunFileConfig each : teacher.runFiles()) {
      parts.append('\n').append(each);
      parts.append(' ').append(FileHash.sha256(home.resolve(each.file())));
    }
    return parts.toString();
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
