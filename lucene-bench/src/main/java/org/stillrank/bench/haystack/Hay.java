/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.haystack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.reranker.input.InvalidInputException;

/** Texts that have nothing to do with what is hidden among them. */
public final class Hay {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final List<List<String>> texts;

  private Hay(List<List<String>> texts) {
    this.texts = texts;
  }

  /**
   * The documents of collections, title and text.
   *
   * @throws InvalidInputException if they hold no word
   */
  public static Hay of(List<BeirCollection> collections) throws IOException {
    List<List<String>> texts = new ArrayList<>();
    for (BeirCollection collection : collections) {
      collection.forEachDocument(document -> {
        List<String> words = words(document.passage());
        if (!words.isEmpty()) {
          texts.add(words);
        }
      });
    }
    if (texts.isEmpty()) {
      throw new InvalidInputException(
          "the collections "
              + collections.stream().map(BeirCollection::name).toList()
              + " hold no text; name one with texts to hide others in");
    }
    return new Hay(texts);
  }

  /** The words of a text, as white space parts them. */
  static List<String> words(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? List.of() : List.of(SPACE.split(stripped));
  }

  /** So many words of texts drawn one after another, the last one cut. */
  List<String> draw(int count, SplittableRandom random) {
    List<String> drawn = new ArrayList<>(count);
    while (drawn.size() < count) {
      List<String> text = texts.get(random.nextInt(texts.size()));
      drawn.addAll(text.subList(0, Math.min(text.size(), count - drawn.size())));
    }
    return drawn;
  }
}
