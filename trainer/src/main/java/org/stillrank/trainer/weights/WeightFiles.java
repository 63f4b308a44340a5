/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SequencedMap;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * The weights of a model's folder, in the first {@link WeightFormat} that is there.
 *
 * @param format how they are kept
 * @param file the file of that format, or the index of its files
 */
public record WeightFiles(WeightFormat format, Path file) {

  /**
   * Looks for the weights in a folder.
   *
   * @throws InvalidInputException when it has none
   */
  public static WeightFiles in(Path folder) {
    return Arrays.stream(WeightFormat.values())
        .map(format -> new WeightFiles(format, folder.resolve(format.fileName())))
        .filter(each -> Files.isRegularFile(each.file()))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "["
                    + folder
                    + "] has none of "
                    + Arrays.stream(WeightFormat.values()).map(WeightFormat::fileName).toList()
                    + "; give a folder with one of them"));
  }

  /**
   * Reads all weights of a folder by their names in the file.
   *
   * @throws InvalidInputException when there are none, or files are damaged or contradict their
   *     index
   */
  public static SequencedMap<String, FloatTensor> read(Path folder) {
    return in(folder).read();
  }

  /**
   * Reads the weights by their names in the file.
   *
   * @throws InvalidInputException when files are damaged or contradict their index
   */
  public SequencedMap<String, FloatTensor> read() {
    return format.read(file);
  }
}
