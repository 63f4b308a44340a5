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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;

/** The same step in a Python process, which waits while it is not asked. */
public final class PythonPeer implements AutoCloseable {
  private final String interpreter;
  private final Path folder;
  private final Path errors;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter requests;

  private PythonPeer(String interpreter, Path folder, Path errors, Process process) {
    this.interpreter = interpreter;
    this.folder = folder;
    this.errors = errors;
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    requests = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts the peer.
   *
   * @param interpreter a Python with torch and transformers (both come with sentence-transformers)
   * @throws InvalidInputException when it cannot run the step
   */
  public static PythonPeer start(String interpreter, StepShape shape, int threads)
      throws IOException {
    Path folder = Files.createTempDirectory("stillrank-peer");
    Path script = folder.resolve("peer_step.py");
    try (InputStream in = PythonPeer.class.getResourceAsStream("peer_step.py")) {
      if (in == null) {
        throw new IllegalStateException("peer_step.py is not among the resources");
      }
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
    }
    Path errors = folder.resolve("errors.txt");
    List<String> command =
        List.of(
            interpreter,
            script.toString(),
            Integer.toString(shape.pairs()),
            Integer.toString(shape.tokens()),
            Integer.toString(threads),
            shape.precision().name());
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    } catch (IOException e) {
      AtomicOutput.delete(folder);
      throw new InvalidInputException(
          "[" + interpreter + "] does not start: " + e.getMessage() + "; name a Python", e);
    }
    PythonPeer peer = new PythonPeer(interpreter, folder, errors, process);
    try {
      peer.answer();
    } catch (RuntimeException | IOException failure) {
      peer.close();
      throw failure;
    }
    return peer;
  }

  /** Does one step and returns its wall-clock seconds. */
  public double step() throws IOException {
    requests.write("step\n");
    requests.flush();
    return Double.parseDouble(answer());
  }

  private String answer() throws IOException {
    @Nullable String line = answers.readLine();
    if (line == null) {
      throw new InvalidInputException(
          "["
              + interpreter
              + "] cannot run the step; it needs torch and transformers, which pip install"
              + " sentence-transformers brings. It said: "
              + Files.readString(errors).strip());
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    AtomicOutput.delete(folder);
  }
}
