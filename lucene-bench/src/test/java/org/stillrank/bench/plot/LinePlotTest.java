/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LinePlotTest {
  private static final Axis STEPS = Axis.between("step", 0, 100_000);

  @Test
  void theElementIsWellFormedAndEverythingIsInThePicture() throws Exception {
    List<Point> points = noise(100_000);
    List<Double> values = points.stream().map(Point::y).toList();
    LinePlot plot =
        new LinePlot(
            "<Loss> & \"more\"",
            STEPS,
            Axis.fitting("of <each> step", values),
            List.of(
                new Curve("each step", Curve.Style.FAINT, points),
                new Curve("few", Curve.Style.DOTTED, points.subList(0, 3))),
            List.of(new Mark(points.get(2), "best & last")));
    Element svg = parsed(plot.svg());
    assertThat(svg.getAttribute("aria-label")).startsWith("<Loss> & \"more\": of <each> step");
    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    for (double[] point : points(svg, 0)) {
      assertThat(point[0]).isBetween(0.0, 720.0);
      assertThat(point[1]).isBetween(0.0, 270.0);
    }
    NodeList circles = svg.getElementsByTagName("circle");
    assertThat(circles.getLength()).isEqualTo(3 + 1);
    assertThat(circles.item(0).getTextContent()).startsWith("0: 0.");
    NodeList texts = svg.getElementsByTagName("text");
    assertThat(IntStream.range(0, texts.getLength()).mapToObj(i -> texts.item(i).getTextContent()))
        .contains("<Loss> & \"more\"", "best & last", "each step", "few", "step", "20,000");
  }

  @Test
  void aLongCurveIsThinnedAndKeepsItsPeaks() {
    List<Point> points = new ArrayList<>(noise(100_000));
    points.set(54_321, new Point(54_321, 100));
    points.set(54_322, new Point(54_322, -100));
    List<Point> thinned = Thinning.of(points, STEPS, 640);
    assertThat(thinned).hasSizeBetween(640, 1_282).isSubsetOf(points);
    assertThat(thinned).contains(points.get(54_321), points.get(54_322));
    assertThat(thinned).isSortedAccordingTo((one, other) -> Double.compare(one.x(), other.x()));
    assertThat(Thinning.of(points.subList(0, 1_280), STEPS, 640)).hasSize(1_280);
  }

  @Test
  void aPageNeedsNothingButItself() {
    String page = new HtmlPage("a < b", "<p>body</p>\n").html();
    assertThat(page)
        .contains("<title>a &lt; b</title>", "<p>body</p>", "default-src 'none'")
        .contains("prefers-color-scheme: dark")
        .doesNotContain("<script", "http://", "https://", "url(", "src=", "href=");
  }

  private static List<Point> noise(int count) {
    Random random = new Random(5);
    return IntStream.range(0, count).mapToObj(i -> new Point(i, random.nextDouble())).toList();
  }

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  private static List<double[]> points(Element svg, int polyline) {
    Element line = (Element) svg.getElementsByTagName("polyline").item(polyline);
    return Stream.of(line.getAttribute("points").split(" "))
        .map(pair -> pair.split(","))
        .map(pair -> new double[] {Double.parseDouble(pair[0]), Double.parseDouble(pair[1])})
        .toList();
  }
}
