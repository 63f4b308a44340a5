/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ContextPreservingActionListener;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.core.TimeValue;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.admission.WaitingSearches.Waiting;

/**
 * Lets searches begin whose windows will be reranked by a search thread: as many at a time as there
 * are places, the others in the order in which they began, and one too many is refused. Who waits
 * holds no thread. A search that comes again, for another shard or to fetch what it found, goes
 * before those that began later.
 *
 * <p>A search that was let in runs its first stage before it takes its place. Until then the place
 * is kept for it ({@link KeptPlaces}).
 */
public final class Admission {
  /** How often is looked after searches that wait. */
  public static final TimeValue TICK = TimeValue.timeValueMillis(20);

  private final SearchThreadLimit places;
  private final Consumer<Runnable> afterTick;
  private final ThreadContext contexts;
  private final LongSupplier clock;

  private final WaitingSearches waiting = new WaitingSearches();
  private final KeptPlaces kept = new KeptPlaces();
  private int queueSize;
  private boolean ticking;
  private boolean closed;

  /**
   * @param queueSize searches that may wait; 0 refuses at once
   * @param afterTick runs something once, {@link #TICK} later; asked while searches wait
   * @param clock nanoseconds
   */
  public Admission(
      SearchThreadLimit places,
      int queueSize,
      Consumer<Runnable> afterTick,
      ThreadContext contexts,
      LongSupplier clock) {
    this.places = places;
    this.queueSize = queueSize;
    this.afterTick = afterTick;
    this.contexts = contexts;
    this.clock = clock;
  }

  /**
   * Tells the listener when a search may begin: at once, later, or that it may not.
   *
   * @param ageMillis how long ago the search began, by a clock that may be another node's
   * @param atMost the longest wait; null for any
   * @param late what to say after it
   */
  public void admit(
      long ageMillis,
      @Nullable TimeValue atMost,
      Supplier<Exception> late,
      ActionListener<Ticket> whoever) {
    ActionListener<Ticket> listener =
        ContextPreservingActionListener.wrapPreservingContext(whoever, contexts);
    List<Runnable> answers = new ArrayList<>();
    synchronized (this) {
      long now = clock.getAsLong();
      if (closed || waiting.size() >= queueSize && !(waiting.isEmpty() && isFree(now))) {
        EsRejectedExecutionException refusal = refusal();
        answers.add(() -> listener.onFailure(refusal));
      } else {
        waiting.add(listener, now, ageMillis, atMost, late);
        letIn(now, answers);
      }
    }
    answers.forEach(Runnable::run);
  }

  /** For a search that has not asked: no place is kept for it. */
  public Ticket unannounced() {
    Ticket ticket = new Ticket(clock.getAsLong(), 0);
    ticket.progress = Progress.ENDED;
    return ticket;
  }

  /** For a search that was not let in and begins all the same, to say why it takes no place. */
  public Ticket refused(Exception why) {
    Ticket ticket = unannounced();
    ticket.refusal = ExceptionsHelper.convertToRuntime(why);
    return ticket;
  }

  private EsRejectedExecutionException refusal() {
    return new EsRejectedExecutionException(
        closed
            ? "this node is closing"
            : "["
                + places.most()
                + "] search threads of this node are reranking and ["
                + waiting.size()
                + "] searches wait for them, and no more may (stillrank.rescore.queue_size); try"
                + " again later, or add nodes",
        closed);
  }

  private void letIn() {
    List<Runnable> answers = new ArrayList<>();
    synchronized (this) {
      letIn(clock.getAsLong(), answers);
    }
    answers.forEach(Runnable::run);
  }

  /** Answers are given after the lock is left, for they go on with searches. */
  private void letIn(long now, List<Runnable> answers) {
    waiting.takeLate(now).forEach(each -> answers.add(each::answerLate));
    while (!waiting.isEmpty() && isFree(now)) {
      Waiting next = waiting.takeFirst();
      Ticket ticket = new Ticket(now, now - next.since());
      kept.keep(ticket, now);
      answers.add(() -> next.listener().onResponse(ticket));
    }
    if (!waiting.isEmpty() && !ticking) {
      ticking = true;
      afterTick.accept(this::tick);
    }
  }

  private boolean isFree(long now) {
    return places.inside() + kept.count(now) < places.most();
  }

  /** Places that were kept in vain, and waits that are over, are noticed by nobody else. */
  private void tick() {
    synchronized (this) {
      ticking = false;
    }
    letIn();
  }

  /** As {@link SearchThreadLimit#allow}. */
  public void allow(double share) {
    places.allow(share);
    letIn();
  }

  /** So many may wait from now on; those who do stay. */
  public synchronized void queueSize(int size) {
    queueSize = size;
  }

  /** Search threads that rerank now. */
  public int reranking() {
    return places.inside();
  }

  /** Places that are kept now for searches that may begin. */
  public synchronized int kept() {
    return kept.count(clock.getAsLong());
  }

  /** Searches that wait now. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** Refuses who waits or comes. */
  public void close() {
    List<Waiting> left;
    EsRejectedExecutionException refusal;
    synchronized (this) {
      closed = true;
      left = waiting.takeAll();
      refusal = refusal();
    }
    left.forEach(each -> each.listener().onFailure(refusal));
  }

  /** A search on a shard that may begin; it takes a place for each of its windows in turn. */
  public final class Ticket {
    private final long admitted;
    private final long waitedNanos;
    private Progress progress = Progress.ADMITTED;
    private @Nullable RuntimeException refusal;

    private Ticket(long admitted, long waitedNanos) {
      this.admitted = admitted;
      this.waitedNanos = waitedNanos;
    }

    /** How long it was made to wait. */
    public long waitedNanos() {
      return waitedNanos;
    }

    /** The search begins on its shard; it will take its place after its first stage. */
    public void begin() {
      synchronized (Admission.this) {
        if (progress == Progress.ADMITTED) {
          progress = Progress.BEGUN;
          long now = clock.getAsLong();
          kept.learn(now - admitted);
          kept.keepOn(this, now);
        }
      }
    }

    /**
     * A place for the calling thread, given back by closing it. There is one more than there should
     * be where it was not kept long enough, and for each thread that searches the same shard: the
     * server has given these to the search already, and they would wait as threads.
     *
     * @throws EsRejectedExecutionException (429) when the search has not asked, or has ended on its
     *     shard, and all are taken
     * @throws RuntimeException why the search was not let in
     */
    public SearchThreadLimit.Place enter() {
      if (refusal != null) {
        throw refusal;
      }
      SearchThreadLimit.Place place;
      synchronized (Admission.this) {
        kept.giveUp(this);
        place = progress == Progress.ENDED ? places.enter() : places.enterKept();
      }
      return () -> leave(place);
    }

    /** Until the search ends on its shard, its place is kept for the next of its windows. */
    private void leave(SearchThreadLimit.Place place) {
      synchronized (Admission.this) {
        place.close();
        if (progress == Progress.BEGUN) {
          kept.keepOn(this, clock.getAsLong());
        }
      }
      letIn();
    }

    /** The search has ended on its shard, well or not; its place is for others. */
    public void end() {
      synchronized (Admission.this) {
        progress = Progress.ENDED;
        kept.giveUp(this);
      }
      letIn();
    }
  }

  private enum Progress {
    ADMITTED,
    BEGUN,
    ENDED
  }
}
