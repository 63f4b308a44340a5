/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.example.TrainingSet;
import picocli.CommandLine.Option;

/** On which queries something is chosen. */
final class HeldOutOption {
  @Option(
      names = "--held-out-of",
      paramLabel = "DIR",
      description =
          "Use the queries that this prepared training set holds out, and no others. A model looks"
              + " too good on queries it was trained on.")
  private @Nullable Path prepared;

  /**
   * Whether a query of a split is one of them, by its id; every one is without the option.
   *
   * @throws InvalidInputException when the set holds out none of this collection and split
   */
  Predicate<String> queries(Path data, String split) throws IOException {
    if (prepared == null) {
      return id -> true;
    }
    TrainingSet set = TrainingSet.read(prepared);
    String source = BeirCollection.open(data).name() + "/" + split;
    if (set.preparation().sources().stream()
        .noneMatch(each -> each.source().equals(source) && each.heldOut() > 0)) {
      throw new InvalidInputException(
          "["
              + prepared
              + "] holds out no queries of ["
              + source
              + "]; name the --data and --split that its config validates with");
    }
    Set<String> heldOut =
        set.validation().stream().map(TrainingList::topicId).collect(Collectors.toSet());
    return heldOut::contains;
  }
}
