/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/** Keeps a second training out of an output folder; a kill releases it. */
final class OutputLock implements AutoCloseable {
  private final FileChannel channel;

  private OutputLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws InvalidInputException when another training holds it
   */
  static OutputLock take(Path output) throws IOException {
    Files.createDirectories(output);
    FileChannel channel =
        FileChannel.open(
            output.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      channel.close();
      throw new InvalidInputException(
          "another training works in ["
              + output
              + "]; let it end or stop it, or name another [output] folder");
    }
    return new OutputLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
