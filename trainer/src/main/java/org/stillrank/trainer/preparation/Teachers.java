/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.RunFile;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.BiEncoderConfig;
import org.stillrank.trainer.config.CrossEncoderConfig;
import org.stillrank.trainer.config.Source;
import org.stillrank.trainer.config.TeacherConfig;
import org.stillrank.trainer.config.TeacherConfig.RunFileConfig;
import org.stillrank.trainer.teacher.BiEncoderTeacher;
import org.stillrank.trainer.teacher.Bm25Teacher;
import org.stillrank.trainer.teacher.CrossEncoderTeacher;
import org.stillrank.trainer.teacher.Embeddings;
import org.stillrank.trainer.teacher.Ensemble;
import org.stillrank.trainer.teacher.Ensemble.Member;
import org.stillrank.trainer.teacher.RunTeacher;
import org.stillrank.trainer.teacher.Teacher;

/** The members of a config's teacher, opened once, and the ensemble that fits a source. */
final class Teachers {
  private final @Nullable TeacherConfig config;
  private final DataHome home;
  private final Path indexHome;
  private final Progress.Display display;
  private final Map<String, Embeddings> embeddings = new LinkedHashMap<>();
  private final List<Member> crossEncoders = new ArrayList<>();

  private Teachers(
      @Nullable TeacherConfig config, DataHome home, Path indexHome, Progress.Display display) {
    this.config = config;
    this.home = home;
    this.indexHome = indexHome;
    this.display = display;
  }

  static Teachers open(
      @Nullable TeacherConfig config,
      DataHome home,
      Path indexHome,
      int threads,
      Progress.Display display)
      throws IOException {
    Teachers teachers = new Teachers(config, home, indexHome, display);
    if (config != null) {
      Path cache = config.cache() == null ? null : Path.of(config.cache());
      for (CrossEncoderConfig each : config.crossEncoderMembers()) {
        teachers.crossEncoders.add(
            new Member(
                CrossEncoderTeacher.open(Path.of(each.model()), each.reading(), cache, display),
                each.weight()));
      }
      for (BiEncoderConfig each : config.biEncoders()) {
        teachers.embeddings.put(
            each.name(),
            cache == null
                ? Embeddings.uncached(each, threads, display)
                : Embeddings.cached(each, cache, threads, display));
      }
    }
    return teachers;
  }

  /** The vectors of a bi-encoder, which is known to exist since the config was read. */
  Embeddings embeddings(String name) {
    return Objects.requireNonNull(embeddings.get(name), name);
  }

  /**
   * Who scores the candidates of a source; empty when the config names no teacher.
   *
   * @throws InvalidInputException when there are only run files, and none for this source
   */
  Optional<Teacher> of(Source source) throws IOException {
    if (config == null) {
      return Optional.empty();
    }
    List<Member> members = new ArrayList<>();
    for (BiEncoderConfig each : config.biEncoders()) {
      members.add(new Member(new BiEncoderTeacher(embeddings(each.name())), each.weight()));
    }
    members.addAll(crossEncoders);
    if (config.bm25Weight() != null) {
      members.add(
          new Member(
              new Bm25Teacher(home.collection(source.collection()), indexHome, display),
              config.bm25Weight()));
    }
    for (RunFileConfig each : config.runFiles()) {
      if (source.kind() == Source.Kind.JUDGED && each.collection().equals(source.collection())) {
        RunTeacher teacher = new RunTeacher(RunFile.read(home.resolve(each.file())));
        members.add(new Member(teacher, each.weight()));
      }
    }
    if (members.isEmpty()) {
      throw new InvalidInputException(
          "the source ["
              + source.label()
              + "] has no teacher: no run file is for its judged topics; add one, or a bi-encoder");
    }
    return Optional.of(new Ensemble(members));
  }
}
