/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.stillrank.bench.plot.HtmlPage;
import org.stillrank.bench.plot.LinePlot;
import org.stillrank.bench.plot.Markup;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.trainer.log.LoggedTraining;
import org.stillrank.trainer.log.ValidationRecord;

/** A page about a training, running or not: what it is, how far it is, and its curves. */
public final class TrainingReport {
  private static final String FILE = "report.html";
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path output;
  private final LoggedTraining training;
  private final Optional<RunDescription> description;

  private TrainingReport(Path output) throws IOException {
    this.output = output;
    this.training = LoggedTraining.read(output.resolve("log.jsonl"));
    this.description = RunDescription.read(output);
  }

  /**
   * Writes {@code report.html} beside a training's log.
   *
   * @param output folder of the training
   * @return the page
   * @throws InvalidInputException when the log is missing, damaged, or without a step
   */
  public static Path write(Path output) throws IOException {
    byte[] page = new TrainingReport(output).html().getBytes(StandardCharsets.UTF_8);
    Path file = output.resolve(FILE);
    AtomicOutput.file(file, out -> out.write(page));
    return file;
  }

  private String html() throws IOException {
    int done = training.steps().getLast().step();
    int all = description.map(RunDescription::steps).orElse(done);
    String of = done == all ? "" : String.format(Locale.ROOT, " of %,d", all);
    String title = description.map(RunDescription::name).orElseGet(this::folderName);
    Instant logged = Files.getLastModifiedTime(output.resolve("log.jsonl")).toInstant();
    String body =
        "<h1>"
            + Markup.text(title)
            + "</h1>\n"
            + String.format(
                Locale.ROOT,
                "<p class=\"pale\">%,d%s steps, last logged %s</p>%n",
                done,
                of,
                MINUTE.format(logged))
            + "<div class=\"facts\">\n"
            + description.map(RunDescription::facts).map(TrainingReport::facts).orElse("")
            + facts(TrainingFigures.of(training))
            + "</div>\n<div class=\"plots\">\n"
            + new TrainingPlots(training, Math.max(done, all))
                .all().stream().map(LinePlot::svg).collect(Collectors.joining())
            + "</div>\n"
            + validations();
    return new HtmlPage(title, body).html();
  }

  private String folderName() {
    return String.valueOf(output.toAbsolutePath().normalize().getFileName());
  }

  private static String facts(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(fact ->
            "<dt>"
                + Markup.text(fact.getKey())
                + "</dt><dd>"
                + Markup.text(fact.getValue())
                + "</dd>\n")
        .collect(Collectors.joining("", "<dl>\n", "</dl>\n"));
  }

  private String validations() {
    List<ValidationRecord> all = training.validations();
    if (all.isEmpty()) {
      return "";
    }
    return all.stream()
        .map(this::row)
        .collect(
            Collectors.joining(
                "",
                "<table>\n<caption>Validations</caption>\n"
                    + "<tr><th>step</th><th>measure</th><th>value</th><th>seconds</th></tr>\n",
                "</table>\n"));
  }

  private String row(ValidationRecord each) {
    return String.format(
        Locale.ROOT,
        "<tr%s><td>%,d</td><td>%s</td><td>%.4f</td><td>%.1f</td></tr>%n",
        training.isBest(each) ? " class=\"best\"" : "",
        each.step(),
        Markup.text(each.measure()),
        each.value(),
        each.seconds());
  }
}
