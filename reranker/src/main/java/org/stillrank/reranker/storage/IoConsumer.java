/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.storage;

import java.io.IOException;

/** What fills an output; may fail as files do. */
@FunctionalInterface
public interface IoConsumer<T> {
  void accept(T output) throws IOException;
}
