/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the processor multiplies bfloat16 by itself. Without it a training in bfloat16 is right
 * all the same and slower than in float32, so that is said and not refused.
 */
record Bfloat16Support(Path cpuinfo) {
  /** Of Intel and AMD, of Intel's matrix unit, of ARM. */
  private static final List<String> FLAGS = List.of("avx512_bf16", "amx_bf16", "bf16");

  /** Of this machine; only Linux tells. */
  static Bfloat16Support ofThisProcessor() {
    return new Bfloat16Support(Path.of("/proc/cpuinfo"));
  }

  /** What a person should know; empty when it is there or nobody can tell. */
  Optional<String> lack() throws IOException {
    if (!Files.isReadable(cpuinfo)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      Set<String> flags =
          lines
              .filter(line -> line.matches("(flags|Features)\\s*:.*"))
              .flatMap(line -> Arrays.stream(line.split("\\s+")))
              .collect(Collectors.toSet());
      return flags.isEmpty() || !Collections.disjoint(flags, FLAGS)
          ? Optional.empty()
          : Optional.of(
              "this processor has no bfloat16 arithmetic, so [precision] bfloat16 is slower here"
                  + " than float32; the weights are as good as elsewhere");
    }
  }
}
