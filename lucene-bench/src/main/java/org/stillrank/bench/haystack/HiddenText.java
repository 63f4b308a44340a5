/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.haystack;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.stillrank.bench.collection.Document;

/**
 * A long document and where its own text stands in it.
 *
 * @param document without a title, for that would give away what is hidden
 * @param depth the share of the unrelated words that stands before the text
 * @param wordsBefore how many they are
 */
public record HiddenText(Document document, double depth, int wordsBefore) {
  /**
   * Hides title and text of a document; one that is long enough already stays as it is. Which words
   * surround it depends on its id and the seed alone.
   */
  static HiddenText of(Document document, Hay hay, HaystackOptions options) {
    SplittableRandom random = new SplittableRandom(options.seed() * 31 + document.id().hashCode());
    List<String> text = Hay.words(document.passage());
    List<String> other = hay.draw(Math.max(0, options.words() - text.size()), random);
    double depth = options.depths().get(random.nextInt(options.depths().size()));
    int before = (int) Math.round(depth * other.size());
    List<String> all = new ArrayList<>(other.subList(0, before));
    all.addAll(text);
    all.addAll(other.subList(before, other.size()));
    return new HiddenText(new Document(document.id(), "", String.join(" ", all)), depth, before);
  }
}
