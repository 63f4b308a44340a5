/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.input.InvalidInputException;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoadReportTest {
  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

  @TempDir private Path folder;

  private static LoadReport report() {
    LoadSettings settings = new LoadSettings(List.of(4, 1), 30, .5, 10, 100, 7);
    Outcomes fine = new Outcomes(2, 0, 0, 0, Optional.empty());
    Searches others = searches(fine, .002, .003);
    LoadPoint one = new LoadPoint(1, 1234.5, 0, searches(fine, .001, .002), others);
    LoadPoint four =
        new LoadPoint(
            4,
            2000,
            0,
            searches(new Outcomes(1, 9, 2, 3, Optional.of("[500] a <fault>")), .004),
            searches(fine, .002, .006));
    LoadPoint refused =
        new LoadPoint(
            1,
            0,
            0,
            searches(new Outcomes(0, 5, 0, 0, Optional.empty())),
            searches(new Outcomes(0, 2, 0, 0, Optional.empty())));
    return new LoadReport(
        "scifact",
        1109,
        5183,
        2,
        settings,
        others,
        List.of(
            new LoadSeries("BM25", List.of(one, four)),
            new LoadSeries("rescore <clause>", List.of(refused))));
  }

  private static Searches searches(Outcomes outcomes, Double... seconds) {
    return new Searches(new Latencies(List.of(seconds)), outcomes);
  }

  @Test
  void theTableHasARowForEachPoint() {
    assertThat(LoadTable.of(report()).lines())
        .containsExactly(
            "scifact: 1,109 queries, 5,183 documents, window 100, 30 s a point after 0.5 s of"
                + " warm-up, the first after 10 s of every search, clients on 2 processors",
            "search            clients  searches/s  documents/s  p50 ms  p95 ms  p99 ms  200  429"
                + "  other  lost  others' p95 ms  to idle",
            "BM25                    1     1,234.5          0.0     1.0     2.0     2.0    2    0"
                + "      0     0             3.0     1.00",
            "BM25                    4     2,000.0          0.0     4.0     4.0     4.0    1    9"
                + "      2     3             6.0     2.00",
            "rescore <clause>        1         0.0          0.0       -       -       -    0    5"
                + "      0     0               -        -",
            "Others: BM25 of another user at a low rate; p50 2.0 ms, p95 3.0 ms of 2 searches"
                + " while nobody else asks.",
            "BM25, 4 clients, the first that failed: [500] a <fault>",
            "Others beside rescore <clause>, 1 clients: 2 searches were not answered in full; the"
                + " first: 429");
  }

  @Test
  void theFilesHoldTheSame() throws Exception {
    LoadFiles.write(folder.resolve("out"), report());
    JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve("out/load.json")));
    assertThat(json.path("collection").asString()).isEqualTo("scifact");
    assertThat(json.path("seed").asLong()).isEqualTo(7);
    assertThat(json.path("settle_seconds").asDouble()).isEqualTo(10);
    assertThat(json.at("/idle/latency_seconds/p95").asDouble()).isEqualTo(.003);
    JsonNode four = json.at("/series/0/points/1");
    assertThat(four.path("clients").asInt()).isEqualTo(4);
    assertThat(four.path("searches_per_second").asDouble()).isEqualTo(2000);
    assertThat(four.at("/searches/latency_seconds/p50").asDouble()).isEqualTo(.004);
    assertThat(List.of("found", "refused", "failed", "lost"))
        .extracting(each -> four.path("searches").path(each).asInt())
        .containsExactly(1, 9, 2, 3);
    assertThat(four.at("/searches/first_trouble").asString()).isEqualTo("[500] a <fault>");
    assertThat(four.path("others_p95_to_idle").asDouble()).isEqualTo(2);
    JsonNode refused = json.at("/series/1/points/0");
    assertThat(refused.at("/searches/latency_seconds/p95").isNull()).isTrue();
    assertThat(refused.path("others_p95_to_idle").isNull()).isTrue();

    String html = Files.readString(folder.resolve("out/load.html"));
    assertThat(html)
        .contains("<h1>Load: scifact</h1>", "<td>2,000.0</td><td>0.0</td><td>4.0</td>")
        .contains("<td>rescore &lt;clause&gt;</td>", "the first that failed: [500] a &lt;fault&gt;")
        .doesNotContain("<script", "http:", "https:");
    List<Element> plots =
        SVG.matcher(html).results().map(MatchResult::group).map(LoadReportTest::parsed).toList();
    assertThat(plots)
        .extracting(plot -> plot.getAttribute("aria-label"))
        .containsExactly(
            "BM25: latency: milliseconds, by clients",
            "BM25: throughput: searches a second, by clients",
            "rescore <clause>: latency: milliseconds, by clients",
            "rescore <clause>: throughput: searches a second, by clients");
    // p50 of 1 and 4 clients; the height of a dot is told to whoever points at it.
    assertThat(titles(plots.get(0))).containsExactly("1: 1.000", "4: 4.000");
    assertThat(titles(plots.get(1))).containsExactly("1: 1235", "4: 2000");
    assertThat(titles(plots.get(2))).isEmpty();
  }

  private static List<String> titles(Element plot) {
    var found = plot.getElementsByTagName("title");
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }

  private static Element parsed(String svg) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError(svg, e);
    }
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "theirs");
    assertThatThrownBy(() -> LoadFiles.write(file, report()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("give a folder to write to");
    assertThat(file).hasContent("theirs");
  }

  @Test
  void settingsThatMeasureNothingAreRefused() {
    assertThat(new LoadSettings(List.of(64, 1, 64), 1, 0, 0, 1, 1).clients())
        .containsExactly(1, 64);
    refused("[0] clients make no load; give numbers from 1", List.of(1, 0), 1, 0, 0, 1);
    refused("no number of clients is given", List.of(), 1, 0, 0, 1);
    refused("[0.0] seconds measure nothing", List.of(1), 0, 0, 0, 1);
    refused("[NaN] seconds measure nothing", List.of(1), Double.NaN, 0, 0, 1);
    refused("[-1.0] seconds are no warm-up", List.of(1), 1, -1, 0, 1);
    refused("[-2.0] seconds are no time to settle", List.of(1), 1, 0, -2, 1);
    refused("a window of [0] hits", List.of(1), 1, 0, 0, 0);
  }

  private static void refused(
      String message,
      List<Integer> clients,
      double seconds,
      double warmUp,
      double settle,
      int window) {
    assertThatThrownBy(() -> new LoadSettings(clients, seconds, warmUp, settle, window, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
