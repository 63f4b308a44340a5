/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.stillrank.bench.load.Answer;
import org.stillrank.bench.load.QueryStream;
import org.stillrank.bench.load.TimedAnswer;

/**
 * Asks, waits for the answer, and asks again until the time is over or its thread is interrupted.
 *
 * @param queries shared with other clients
 * @param end of the time, nanoseconds as {@link System#nanoTime} counts them
 */
public record Client(LoadedSearch search, QueryStream queries, Pace pace, long end)
    implements Callable<List<TimedAnswer>> {
  @Override
  public List<TimedAnswer> call() {
    List<TimedAnswer> answers = new ArrayList<>();
    try {
      for (long asked = System.nanoTime(); asked - end < 0; asked = System.nanoTime()) {
        Answer answer = search.ask(queries.next());
        answers.add(new TimedAnswer(asked, System.nanoTime(), answer));
        Thread.sleep(pace.after(answer));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answers;
  }
}
