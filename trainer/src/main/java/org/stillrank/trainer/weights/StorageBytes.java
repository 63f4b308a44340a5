/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the numbers of a {@code torch.save} file are. */
@FunctionalInterface
interface StorageBytes {
  /**
   * All bytes of a storage, in the byte order of the file.
   *
   * @throws org.stillrank.reranker.input.InvalidInputException when the file lacks some
   */
  ByteBuffer of(TorchStorage storage) throws IOException;
}
