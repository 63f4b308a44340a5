/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A console block of a document: a request, and what its answer must be.
 *
 * @param line where it stands
 * @param request method and path
 * @param body empty for none
 * @param status 200, or what a comment before it says
 * @param excerpts of the answer, from the blocks right after it
 */
record DocumentedRequest(
    int line, String request, String body, int status, List<AnswerExcerpt> excerpts) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern STATUS = Pattern.compile("<!-- status: (\\d+) -->");

  /** Those of a document, in its order. */
  static List<DocumentedRequest> of(Path document) throws IOException {
    List<String> lines = Files.readAllLines(document);
    List<DocumentedRequest> found = new ArrayList<>();
    int status = 200;
    boolean answerMayFollow = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher told = STATUS.matcher(line);
      if (told.matches()) {
        status = Integer.parseInt(told.group(1));
      } else if (line.startsWith("```")) {
        int first = i + 1;
        i = first + lines.subList(first, lines.size()).indexOf("```");
        List<String> block = lines.subList(first, i);
        switch (line.substring(3)) {
          case "console" -> {
            String body = String.join("\n", block.subList(1, block.size()));
            found.add(
                new DocumentedRequest(first, block.getFirst(), body, status, new ArrayList<>()));
            status = 200;
            answerMayFollow = true;
          }
          case "yaml" -> answerMayFollow = false;
          default -> {
            assertThat(answerMayFollow).as("line %d: the block is no answer", first).isTrue();
            found
                .getLast()
                .excerpts()
                .add(new AnswerExcerpt(line.substring(3), String.join("\n", block)));
          }
        }
      } else if (!line.isBlank()) {
        answerMayFollow = false;
      }
    }
    return found;
  }

  /** The settings of a document's yaml blocks. */
  static Map<String, String> settings(Path document) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    Matcher blocks =
        Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(document));
    while (blocks.find()) {
      blocks
          .group(1)
          .lines()
          .map(line -> line.split(": ", 2))
          .forEach(setting -> settings.put(setting[0], setting[1]));
    }
    return settings;
  }

  /** Sends it and looks at the answer. */
  void holdsAt(URI server) throws IOException, InterruptedException {
    String[] methodAndPath = request.split(" ", 2);
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(URI.create(server + methodAndPath[1]))
            .header("content-type", "application/json");
    HttpRequest.BodyPublisher content =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body + "\n");
    HttpResponse<String> answer =
        CLIENT.send(
            sent.method(methodAndPath[0], content).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer::body).isEqualTo(status);
    for (AnswerExcerpt excerpt : excerpts) {
      assertThat(excerpt.differences(answer))
          .as(() -> answer.headers().map() + "\n" + answer.body())
          .isEmpty();
    }
  }
}
