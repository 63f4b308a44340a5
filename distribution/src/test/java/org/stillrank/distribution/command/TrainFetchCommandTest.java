/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.weights.StartWeights;
import picocli.CommandLine;

class TrainFetchCommandTest {
  @TempDir private Path home;
  private Path from;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void aCopyOfABert() throws IOException {
    from = Files.createDirectory(home.resolve("from"));
    Path bert = SharedFiles.project("trainer/src/test/resources/backbones/bert");
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(bert.resolve(name), from.resolve(name));
    }
    Files.writeString(from.resolve("vocab.txt"), "[PAD]\n");
  }

  @Test
  void aCopiedFolderIsWhatTrainingStartsFrom() {
    assertThat(fetch("bert-base-uncased", "--from", from.toString())).as(err::toString).isZero();
    assertThat(out.toString())
        .contains(
            "[bert-base-uncased] in " + home.resolve("out"),
            "config.json, model.safetensors, vocab.txt, licence Apache-2.0, from " + from);
    assertThat(StartWeights.ofFolder(home.resolve("out"), 1).fresh()).isEmpty();
  }

  @Test
  void aSecondFetchFindsTheFirst() throws IOException {
    assertThat(fetch("bert-base", "--from", from.toString())).isZero();
    assertThat(fetch("bert-base", "--endpoint", "http://127.0.0.1:1")).as(err::toString).isZero();
    assertThat(out.toString().lines().distinct()).hasSize(1);
  }

  @Test
  void anotherModelIsRefused() {
    assertThat(fetch("electra-base", "--from", from.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: [" + from.resolve("config.json") + "] has the model_type [bert]");
    assertThat(home.resolve("out")).doesNotExist();
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThat(fetch("bert-large")).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: [bert-large] is no backbone; name one of [bert-");
  }

  @Test
  void aServerThatIsNotThereIsNamedWithoutAStackTrace() throws IOException {
    String closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = "http://127.0.0.1:" + socket.getLocalPort();
    }
    assertThat(fetch("bert-base", "--endpoint", closed)).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("error: [" + closed + "/bert-base-uncased/resolve/main/config.json] does not")
        .contains("--endpoint or HF_ENDPOINT", "--from")
        .doesNotContain("\tat ");
    assertThat(home.resolve("out")).doesNotExist();
  }

  private int fetch(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[0] = "train";
    all[1] = "fetch";
    all[all.length - 2] = "--out";
    all[all.length - 1] = home.resolve("out").toString();
    return line.execute(all);
  }
}
