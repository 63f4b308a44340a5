/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.qrels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;

class QrelsFileTest {
  private static final String HEADER = "query-id\tcorpus-id\tscore\n";

  @TempDir Path folder;

  @Test
  void readsTrecColumnsBetweenAnyWhiteSpaceInTheirOrder() throws IOException {
    Qrels qrels = QrelsFile.read(file("b 0 d2 1\r\nb\t0\td1   2\n\n a  Q0 d2 -1\n"));

    assertThat(qrels.topics()).containsExactly("b", "a");
    assertThat(qrels.grades("b")).containsExactly(Map.entry("d2", 1), Map.entry("d1", 2));
    assertThat(qrels.grades("a")).containsExactly(Map.entry("d2", -1));
    assertThat(qrels.grades("unknown")).isEmpty();
    assertThat(qrels.size()).isEqualTo(3);
  }

  @Test
  void readsBeirColumnsUnderTheirHeader() throws IOException {
    Qrels qrels = QrelsFile.read(file(HEADER + "q 1\td1\t0\nq 1\td2\t1\n"));

    assertThat(qrels.grades("q 1")).containsExactly(Map.entry("d1", 0), Map.entry("d2", 1));
  }

  @Test
  void readsGzipAndAByteOrderMark() throws IOException {
    byte[] packed = gzip("\ufeff" + HEADER + "q\td\t1\n");

    Qrels qrels = QrelsFile.read(Files.write(folder.resolve("any name"), packed));

    assertThat(qrels.grades("q")).containsExactly(Map.entry("d", 1));
  }

  @Test
  void tellsWhichDocumentsACorpusLacks() throws IOException {
    Qrels qrels = QrelsFile.read(file("1 0 here 1\n1 0 gone 2\n2 0 here 0\n"));

    Qrels absent = qrels.absentFrom(Set.of("here"));

    assertThat(absent.topics()).containsExactly("1");
    assertThat(absent.grades("1")).containsExactly(Map.entry("gone", 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 0 d1             | 2: [1 0 d1] is not a judgement; write [topic 0 document grade], or"
            + " begin the file with the header [query-id corpus-id score] (tabs) for three columns",
        "1 0 d1 1 more      | 2: [1 0 d1 1 more] is not a judgement; write [topic 0 document grade],"
            + " or begin the file with the header [query-id corpus-id score] (tabs) for three"
            + " columns",
        "1 0 d1 1.5         | 2: grade [1.5] is not an integer; write a number such as 1",
        "1 0 d1 99999999999 | 2: grade [99999999999] is not an integer; write a number such as 1",
        "0 0 d0 1 | 2: document [d0] is judged again for topic [0]: grade 1 here, 1 before;"
            + " keep one of the lines",
        "0 0 d0 2 | 2: document [d0] is judged again for topic [0]: grade 2 here, 1 before;"
            + " keep one of the lines"
      })
  void refusesALineWithFileAndNumber(String line, String message) throws IOException {
    Path file = file("0 0 d0 1\n" + line + "\n");

    assertRefused(file, file + ":" + message);
  }

  @ParameterizedTest
  @CsvSource({"q d 1", "'q\td'", "'\td\t1'", "'q\t\t1'", "'q\td\t1\t2'"})
  void refusesABeirLineWithFileAndNumber(String line) throws IOException {
    Path file = file(HEADER + line + "\n");

    assertRefused(
        file,
        file
            + ":2: ["
            + line
            + "] is not a judgement; write query, document and grade between tabs");
  }

  @Test
  void refusesWhatIsNoFileOfJudgements() throws IOException {
    Path missing = folder.resolve("missing");
    assertRefused(missing, "[" + missing + "] does not exist; check the path");
    assertRefused(folder, "[" + folder + "] is a folder; name a file in it");
    Path empty = file(HEADER);
    assertRefused(empty, "[" + empty + "] holds no judgement; a line is [topic 0 document grade]");
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws IOException {
    Path file = folder.resolve("latin1");
    Files.write(file, "1 0 d\u00fc 1\n".getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(file, "[" + file + "] holds bytes that are not UTF-8 after line 0; convert it");
  }

  @Test
  void refusesACutGzip() throws IOException {
    byte[] packed = gzip("1 0 d 1\n");
    Path file = folder.resolve("cut.gz");
    Files.write(file, Arrays.copyOf(packed, packed.length - 9));

    assertRefused(file, "[" + file + "] is a damaged gzip file, read up to line 0; copy it again");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> QrelsFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("qrels"), text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
