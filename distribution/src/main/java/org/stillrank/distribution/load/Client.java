/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
      while (System.nanoTime() - end < 0) {
        TimedAnswer answer = search.ask(queries.next());
        answers.add(answer);
        Thread.sleep(pace.after(answer.answer()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answers;
  }
}
