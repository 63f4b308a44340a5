/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;

/** The committed schema and the reader agree on what a bundle.json is. */
class BundleSchemaTest {
  @TempDir private Path folder;

  @Test
  void whatTheWriterWritesIsValid() throws IOException {
    assertThat(schema().validate(written(), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "format_version" : 1      | "format_version" : 2
          "format_version" : 1      | "format_version" : "1"
          "id" : "tiny"             | "id" : " "
          "id" : "tiny"             | "id" : null
          "id" : "tiny",            |
          "max_length" : 96         | "max_length" : 96.5
          "max_length" : 96         | "max_length" : null
          "score_activation" : "id  | "score_activation" : "sq
          "default_model" : "model. | "default_model" : "m.
          : "none"                  | : "int4"
          "sha256" : "              | "sha256" : "G
          "size" :                  | "bytes" :
          "licence" :               | "license" :
          "seed" : 7                | "seed" : "7"
          "teacher" : null,         |
          "results"                 | "result"
          """)
  void whatTheSchemaRefusesTheReaderRefuses(String from, String to) throws IOException {
    String json = written();
    assertThat(json).contains(from);
    String changed = json.replace(from, Objects.requireNonNullElse(to, ""));
    assertThat(schema().validate(changed, InputFormat.JSON)).isNotEmpty();
    Path manifest = Files.writeString(folder.resolve("bundle/bundle.json"), changed);
    assertThatThrownBy(() -> ManifestFile.read(manifest)).isInstanceOf(InvalidInputException.class);
  }

  private String written() throws IOException {
    BundleWriter.write(folder.resolve("bundle"), Manifests.tiny(), Manifests.files());
    return Files.readString(folder.resolve("bundle/bundle.json"));
  }

  private static Schema schema() throws IOException {
    try (InputStream schema =
        Objects.requireNonNull(BundleManifest.class.getResourceAsStream("bundle.schema.json"))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(schema);
    }
  }
}
