/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.stillrank.testing.SharedFiles;

/** A key that nobody can read about might as well not be there. */
class ConfigReadmeTest {

  @Test
  void everyKeyIsExplained() throws IOException {
    String readme = Files.readString(SharedFiles.project("config/README.md"));
    Set<String> keys = new TreeSet<>();
    collect(TrainingConfig.class, keys);
    collect(BackboneConfig.class, keys);
    assertThat(keys)
        .hasSizeGreaterThan(40)
        .allSatisfy(key -> assertThat(readme).contains("`" + key + "`"));
  }

  private static void collect(Type type, Set<String> keys) {
    if (type instanceof ParameterizedType list) {
      collect(list.getActualTypeArguments()[0], keys);
    } else if (type instanceof Class<?> plain && plain.isSealed() && plain.isInterface()) {
      for (Class<?> form : plain.getPermittedSubclasses()) {
        collect(form, keys);
      }
    } else if (type instanceof Class<?> plain && plain.isRecord()) {
      for (RecordComponent each : plain.getRecordComponents()) {
        keys.add(each.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
        collect(each.getGenericType(), keys);
      }
    }
  }
}
