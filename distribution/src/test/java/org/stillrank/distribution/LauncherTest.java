/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.testing.SharedFiles;

/** The launcher on machines with other JDKs: folders that look like some. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  @TempDir private Path folder;
  private Path launcher;
  private Path jdks;
  private Path tools;

  private record Outcome(int exit, String said) {}

  @BeforeEach
  void aMachineWithoutJdks() throws IOException {
    // A copy of its own: what it builds or runs must not be this checkout.
    launcher = Files.copy(SharedFiles.project("stillrank"), folder.resolve("stillrank"));
    jdks = Files.createDirectory(folder.resolve("jdks"));
    tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : new String[] {"bash", "dirname", "sed", "readlink"}) {
      Path real = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          tools.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
    }
  }

  @Test
  void saysWhatToInstallWhenThereIsNone() throws Exception {
    Outcome outcome = run("--help", "");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said())
        .contains(
            "needs a JDK (not only a JRE) of version 21 or newer, and found none",
            "sudo apt-get install openjdk-21-jdk-headless",
            "brew install openjdk@21",
            "https://adoptium.net",
            "set JAVA_HOME");
  }

  @Test
  void namesTheOnesThatAreTooOldAndOverlooksRuntimes() throws Exception {
    Path old = jdk("temurin-17", "17.0.19");
    Files.delete(jdk("jre-25", "25").resolve("bin/javac"));
    Outcome outcome = run("--help", "");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said()).contains("found, but too old: JDK 17 in " + old);
  }

  @Test
  void passesOverOldOnesAndNamesMavenWhenItIsMissing() throws Exception {
    jdk("a-17", "17.0.19");
    jdk("b-21", "21.0.1");
    Outcome outcome = run("test", "");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said())
        .contains("there is no mvn on the PATH", "sudo apt-get install maven")
        .doesNotContain("needs a JDK");
  }

  @Test
  void javaHomeComesFirstUnlessItIsTooOld() throws Exception {
    Path other = jdk("a-21", "21.0.1");
    Path chosen = jdk("z-25", "25.0.1");
    Path old = jdk("y-17", "17");
    Path maven = tools.resolve("mvn");
    Files.writeString(maven, "#!" + tools.resolve("bash") + "\necho \"built with $JAVA_HOME\"\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    assertThat(run("test", chosen.toString()).said()).isEqualTo("built with " + chosen + "\n");
    assertThat(run("test", old.toString()).said()).isEqualTo("built with " + other + "\n");
  }

  /** An archive is started where nothing can be built. */
  @Test
  void anArchiveRunsWithTheLibrariesItBrings() throws Exception {
    Path lib = Files.createDirectory(folder.resolve("lib"));
    int number = 0;
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (each.endsWith(".jar")) {
        Files.createSymbolicLink(lib.resolve(number++ + ".jar"), Path.of(each));
      }
    }
    Path classes = SharedFiles.project("distribution/target/classes");
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(lib.resolve("distribution.jar")));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
      }
    }
    for (String tool : new String[] {"ls", "getconf"}) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    Outcome outcome = run("--version", System.getProperty("java.home"));
    assertThat(outcome.said()).startsWith("stillrank ");
    assertThat(outcome.exit()).isZero();
    assertThat(run("package", System.getProperty("java.home")).said())
        .contains("This is such an archive already");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = jdks.resolve(name);
    Path javac = Files.createDirectories(home.resolve("bin")).resolve("javac");
    Files.writeString(javac, "");
    assertThat(javac.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Outcome run(String argument, String javaHome) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(tools.resolve("bash").toString(), launcher.toString(), argument)
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", tools.toString());
    environment.put("HOME", folder.toString());
    environment.put("STILLRANK_JDKS", jdks.toString());
    environment.put("JAVA_HOME", javaHome);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }
}
