/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.lines;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.stillrank.reranker.input.InvalidInputException;

/** UTF-8 text read line by line, gzipped or not; the first bytes decide, not the name. */
public final class LineFile {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private LineFile() {}

  /**
   * Gives every line that is not blank to {@code each}.
   *
   * @throws InvalidInputException when the file is missing, is a folder, is a damaged gzip, or
   *     holds bytes that are not UTF-8; and whatever {@code each} throws
   * @throws IOException when the disk fails
   */
  public static void forEach(Path file, Consumer<Line> each) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          Files.isDirectory(file)
              ? "[" + file + "] is a folder; name a file in it"
              : "[" + file + "] does not exist; check the path");
    }
    int number = 0;
    try (InputStream bytes = unpacked(file);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), 1 << 16)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        number++;
        if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
          text = text.substring(BYTE_ORDER_MARK.length());
        }
        if (!text.isBlank()) {
          each.accept(new Line(file, number, text));
        }
      }
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          "[" + file + "] holds bytes that are not UTF-8 after line " + number + "; convert it", e);
    } catch (EOFException | ZipException e) {
      throw new InvalidInputException(
          "[" + file + "] is a damaged gzip file, read up to line " + number + "; copy it again",
          e);
    }
  }

  /** The bytes of a file, unpacked if it is gzip; the caller closes them. */
  public static InputStream unpacked(Path file) throws IOException {
    PushbackInputStream bytes = new PushbackInputStream(Files.newInputStream(file), GZIP.length);
    try {
      byte[] start = bytes.readNBytes(GZIP.length);
      bytes.unread(start);
      return Arrays.equals(start, GZIP) ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }
}
