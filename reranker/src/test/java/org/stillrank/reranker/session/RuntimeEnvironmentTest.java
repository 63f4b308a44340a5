/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.testing.ChildJvm;

/** A runtime that cannot start says why on every call, and no thread dies of it. */
class RuntimeEnvironmentTest {
  @TempDir private Path libraries;

  @Test
  void aLibraryThatIsMissingIsNamed() throws Exception {
    assertThat(start())
        .hasSize(2)
        .allMatch(line -> line.startsWith("ONNX Runtime cannot be started (java.io.IOException: "))
        .allMatch(line -> line.contains(library().toString()));
  }

  @Test
  void aLibraryThatIsNoneIsNamed() throws Exception {
    Files.writeString(library(), "not what a linker can read");
    assertThat(start())
        .hasSize(2)
        .allMatch(line ->
            line.startsWith("ONNX Runtime cannot be started (java.lang.UnsatisfiedLinkError: "))
        .allMatch(line -> line.contains(library().toString()));
  }

  private Path library() {
    return libraries.resolve(System.mapLibraryName("onnxruntime"));
  }

  private List<String> start() throws IOException, InterruptedException {
    return ChildJvm.run(List.of("-Donnxruntime.native.path=" + libraries), FailingStart.class)
        .toList();
  }
}
