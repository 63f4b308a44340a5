/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Outputs that are either whole or not there: they are filled under a temporary name in the folder
 * of their target and moved when complete, so that a full disk or a killed process never leaves
 * something that looks finished. A failure removes the temporary and keeps what stood there before.
 */
public final class AtomicOutput {
  private AtomicOutput() {}

  /** Writes one file; readers see the old content or the new one, never a part. */
  public static void file(Path target, IoConsumer<OutputStream> fill) throws IOException {
    Path temporary = temporaryBeside(target);
    try {
      try (FileChannel channel =
              FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        fill.accept(out);
        out.flush();
        channel.force(true);
      }
      move(temporary, target);
    } catch (Throwable failure) {
      discard(temporary, failure);
      throw failure;
    }
  }

  /** Writes one file of UTF-8 text in the same way. */
  public static void text(Path target, String content) throws IOException {
    file(target, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Fills a folder and puts it in the place of {@code target}. An existing target is moved aside
   * first and removed last, because no file system replaces a filled folder in one step.
   */
  public static void folder(Path target, IoConsumer<Path> fill) throws IOException {
    Path temporary = temporaryBeside(target);
    try {
      Files.createDirectory(temporary);
      fill.accept(temporary);
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        Path previous = temporaryBeside(target);
        move(target, previous);
        try {
          move(temporary, target);
        } catch (IOException failure) {
          move(previous, target);
          throw failure;
        }
        delete(previous);
      } else {
        move(temporary, target);
      }
    } catch (Throwable failure) {
      discard(temporary, failure);
      throw failure;
    }
  }

  /** Removes a file or a folder with all that is in it; nothing happens when it is not there. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static Path temporaryBeside(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.getParent();
    Path name = absolute.getFileName();
    if (folder == null || name == null) {
      throw new IOException("[" + target + "] cannot be written: it names a file system's root");
    }
    Files.createDirectories(folder);
    return folder.resolve("." + name + "." + UUID.randomUUID() + ".partial");
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void discard(Path temporary, Throwable failure) {
    try {
      delete(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
