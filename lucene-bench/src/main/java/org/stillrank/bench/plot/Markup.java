/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

/** Words in HTML and SVG. */
public final class Markup {
  private Markup() {}

  /** A text as it stands between tags and in quoted attributes. */
  public static String text(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
