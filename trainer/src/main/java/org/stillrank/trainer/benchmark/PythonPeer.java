/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.trainer.encoder.ConfigJson;

/** The same step in a Python process, which waits while it is not asked. */
final class PythonPeer implements AutoCloseable {
  private static final String SCRIPT = "peer_step.py";

  private final String interpreter;
  private final Path folder;
  private final Path errors;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter requests;
  private String versions = "";

  private PythonPeer(String interpreter, Path folder, Path errors, Process process) {
    this.interpreter = interpreter;
    this.folder = folder;
    this.errors = errors;
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    requests = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts the peer with a network of the same shape.
   *
   * @param interpreter a Python with torch and transformers (both come with sentence-transformers)
   * @throws InvalidInputException when it cannot run the step
   */
  static PythonPeer start(String interpreter, StepShape shape, int threads) throws IOException {
    Path folder = Files.createTempDirectory("stillrank-peer");
    try {
      return start(interpreter, shape, threads, folder);
    } catch (RuntimeException | IOException failure) {
      AtomicOutput.delete(folder);
      throw failure;
    }
  }

  private static PythonPeer start(String interpreter, StepShape shape, int threads, Path folder)
      throws IOException {
    Path script = folder.resolve(SCRIPT);
    try (InputStream in = PythonPeer.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException(SCRIPT + " is not among the resources");
      }
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(folder.resolve("config.json"), ConfigJson.write(shape.architecture()));
    Path errors = folder.resolve("errors.txt");
    List<String> command =
        List.of(
            interpreter,
            script.toString(),
            folder.toString(),
            Integer.toString(shape.pairs()),
            Integer.toString(shape.tokens()),
            Integer.toString(threads),
            shape.precision().name(),
            shape.device().toString());
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    } catch (IOException e) {
      throw new InvalidInputException(
          "[" + interpreter + "] does not start: " + e.getMessage() + "; name a Python", e);
    }
    PythonPeer peer = new PythonPeer(interpreter, folder, errors, process);
    try {
      peer.versions = peer.answer();
      return peer;
    } catch (RuntimeException | IOException failure) {
      process.destroy();
      throw failure;
    }
  }

  /** Of Python's libraries, such as {@code torch 2.13.0, transformers 5.18.0}. */
  String versions() {
    return versions;
  }

  /**
   * Does one step.
   *
   * @throws InvalidInputException when Python ends instead, with what it said
   */
  StepSeconds step() throws IOException {
    try {
      requests.write("step\n");
      requests.flush();
    } catch (IOException e) {
      throw ended(e);
    }
    double[] seconds =
        Arrays.stream(answer().split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new StepSeconds(seconds[0], seconds[1], seconds[2], seconds[3]);
  }

  private String answer() throws IOException {
    @Nullable String line = answers.readLine();
    if (line == null) {
      throw ended(null);
    }
    return line;
  }

  private InvalidInputException ended(@Nullable IOException cause) throws IOException {
    return new InvalidInputException(
        "["
            + interpreter
            + "] cannot run the step; it needs torch and transformers, which pip install"
            + " sentence-transformers brings. It said: "
            + Files.readString(errors).strip(),
        cause);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    AtomicOutput.delete(folder);
  }
}
