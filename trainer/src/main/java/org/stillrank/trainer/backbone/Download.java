/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.progress.Progress;

/**
 * One file that comes over the network: into {@code NAME.CHECKSUM.part}, which a later download of
 * the same content goes on with, and under its own name when its checksum is right.
 */
final class Download {
  private static final int HTTP_PARTIAL = 206;
  private static final int HTTP_BEYOND_THE_END = 416;
  private static final int CHUNK = 1 << 16;

  private final HubClient hub;
  private final HubFile file;
  private final Path target;
  private final Path part;

  private Download(HubClient hub, HubFile file, Path target) {
    this.hub = hub;
    this.file = file;
    this.target = target;
    this.part =
        target.resolveSibling(
            target.getFileName() + "." + file.checksum().hex().substring(0, 16) + ".part");
  }

  /**
   * Fetches what is still missing; nothing when the target has the checksum already.
   *
   * @throws FetchException when the connection breaks off, and the part is kept; or when the
   *     content has another checksum, and it is removed
   * @throws InterruptedIOException when the thread is interrupted, and the part is kept
   */
  static void into(Path target, HubClient hub, HubFile file, Progress.Display display)
      throws IOException {
    if (Files.exists(target) && file.checksum().equals(file.checksum().of(target))) {
      return;
    }
    new Download(hub, file, target).run(display);
  }

  private void run(Progress.Display display) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    if (have == 0 || have != file.size()) {
      try (Progress progress =
          display.start(target.getFileName() + ", bytes", Math.max(0, file.size()))) {
        transfer(have, progress);
      }
    }
    Checksum found = file.checksum().of(part);
    if (!found.equals(file.checksum())) {
      Files.delete(part);
      throw new FetchException(
          "["
              + file.uri()
              + "] came with the "
              + found
              + ", not "
              + file.checksum()
              + "; it was removed: run the command again, and when that does not help, name"
              + " another --endpoint");
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private void transfer(long have, Progress progress) throws IOException {
    HttpResponse<InputStream> answer = hub.open(file.uri(), have);
    if (answer.statusCode() == HTTP_BEYOND_THE_END) {
      answer.body().close();
      return;
    }
    boolean resumed = answer.statusCode() == HTTP_PARTIAL;
    String range = answer.headers().firstValue("content-range").orElse("");
    if (resumed && !range.startsWith("bytes " + have + "-")) {
      answer.body().close();
      throw new FetchException(
          "[" + file.uri() + "] answers with the range [" + range + "]; delete [" + part + "]");
    }
    OpenOption mode = resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    long received = resumed ? have : 0;
    progress.step(received);
    try (InputStream in = answer.body();
        OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, mode)) {
      byte[] buffer = new byte[CHUNK];
      for (int length = read(in, buffer, received);
          length >= 0;
          length = read(in, buffer, received)) {
        out.write(buffer, 0, length);
        received += length;
        progress.step(length);
        if (file.size() >= 0 && received > file.size()) {
          break; // the checksum says the rest
        }
      }
    }
    if (received < file.size()) {
      throw brokeOff(received, null);
    }
  }

  private int read(InputStream in, byte[] buffer, long received) throws IOException {
    try {
      if (!Thread.currentThread().isInterrupted()) {
        return in.read(buffer);
      }
    } catch (IOException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw brokeOff(received, e);
      }
    }
    throw new InterruptedIOException(
        "[" + file.uri() + "] was interrupted; the same command goes on from there");
  }

  private FetchException brokeOff(long received, @Nullable IOException cause) {
    return new FetchException(
        "["
            + file.uri()
            + "] broke off after ["
            + received
            + "] of ["
            + file.size()
            + "] bytes; run the same command again, it goes on from there",
        cause);
  }
}
