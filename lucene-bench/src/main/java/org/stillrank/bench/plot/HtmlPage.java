/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

/**
 * A whole page in one file. Its policy lets a browser neither run scripts nor load anything, so
 * what it shows is what it holds.
 *
 * @param title of the page, plain text
 * @param body markup
 */
public record HtmlPage(String title, String body) {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --paper: #ffffff; --ink: #1c1e21; --pale: #63676d; --grid: #e4e6e9;
        --curve: #1f5fbf; --faint: #b3cdf2; --mark: #b3261e; }
      @media (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #e6e7e9; --pale: #9ba1a8; --grid: #2c3035;
        --curve: #82b1ff; --faint: #35507a; --mark: #ff8a80; } }
      body { background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto;
        max-width: 1520px; padding: 0 1.5rem; }
      h1 { font-size: 1.5rem; margin: 0; }
      .pale { color: var(--pale); margin: .2rem 0 1.2rem; }
      .facts { display: grid; gap: 0 3rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
      dl { align-content: start; display: grid; gap: .1rem 1rem; grid-template-columns: max-content 1fr; margin: 0 0 1.5rem; }
      dt { color: var(--pale); }
      dd { margin: 0; overflow-wrap: anywhere; }
      .plots { display: grid; gap: 2rem 3rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 38rem), 1fr)); }
      svg { display: block; height: auto; width: 100%; }
      svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
      svg .title { font-size: 15px; font-weight: 600; }
      svg .label, svg .tick { fill: var(--pale); }
      svg .marked { fill: var(--mark); font-weight: 600; }
      svg .grid { stroke: var(--grid); }
      svg .axis { stroke: var(--pale); }
      svg polyline { fill: none; stroke-linejoin: round; }
      svg .faint { stroke: var(--faint); stroke-width: 1; }
      svg .strong { stroke: var(--curve); stroke-width: 2; }
      svg .dotted { stroke: var(--curve); stroke-width: 1.5; }
      svg .dot { fill: var(--curve); }
      svg .mark { fill: none; stroke: var(--mark); stroke-width: 2; }
      table { border-collapse: collapse; margin: 2rem 0; }
      caption { color: var(--pale); text-align: left; }
      th, td { border-bottom: 1px solid var(--grid); font-variant-numeric: tabular-nums; padding: .15rem 1.5rem .15rem 0;
        text-align: right; }
      th { color: var(--pale); font-weight: normal; }
      .best td { color: var(--mark); font-weight: 600; }
      """;

  /** The file's content. */
  public String html() {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    """
        + ("<title>" + Markup.text(title) + "</title>\n")
        + ("<style>\n" + STYLE + "</style>\n</head>\n")
        + ("<body>\n" + body + "</body>\n</html>\n");
  }
}
