/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bfloat16SupportTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flags\t\t: fpu avx2 avx512f avx512_bf16 vaes",
        "flags\t\t: fpu avx2 amx_bf16 amx_tile",
        "Features\t: fp asimd bf16 i8mm",
        "model name\t: nobody says what it has",
      })
  void saysNothingWhereItIsThereOrUnknown(String line) throws IOException {
    assertThat(new Bfloat16Support(Files.writeString(folder.resolve("cpuinfo"), line)).lack())
        .isEmpty();
  }

  @Test
  void saysNothingWhereThereIsNoSuchFile() throws IOException {
    assertThat(new Bfloat16Support(folder.resolve("none")).lack()).isEmpty();
  }

  @Test
  void saysWhatTheLackMeans() throws IOException {
    Path cpuinfo =
        Files.writeString(
            folder.resolve("cpuinfo"), "processor\t: 0\nflags\t\t: fpu avx2 fma\nbugs\t\t: bf16\n");
    assertThat(new Bfloat16Support(cpuinfo).lack().orElseThrow())
        .contains("[precision] bfloat16 is slower here than float32");
  }
}
