/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two places, with a clock and a scheduler that the tests move. */
class AdmissionTest {
  private final AtomicLong clock = new AtomicLong();
  private final List<Runnable> scheduled = new ArrayList<>();
  private final Admission admission =
      new Admission(
          new SearchThreadLimit(4, 0.5),
          2,
          scheduled::add,
          new ThreadContext(Settings.EMPTY),
          clock::get);

  @Test
  void asManyAsThereArePlacesBeginAndTheOthersInTheirOrder() {
    Admission.Ticket first = begun(come());
    SearchThreadLimit.Place place = first.enter();
    begun(come()).enter();
    PlainActionFuture<Admission.Ticket> third = come();
    PlainActionFuture<Admission.Ticket> fourth = come();
    assertThat(third.isDone()).isFalse();
    assertThat(admission.waiting()).isEqualTo(2);
    clock.addAndGet(7);
    place.close();
    first.end();
    assertThat(begun(third).waitedNanos()).isEqualTo(7);
    assertThat(first.waitedNanos()).isZero();
    assertThat(fourth.isDone()).isFalse();
  }

  @Test
  void aPlaceIsKeptForASearchWhoseFirstStageRuns() {
    Admission.Ticket first = begun(come());
    first.begin();
    begun(come());
    PlainActionFuture<Admission.Ticket> third = come();
    SearchThreadLimit.Place place = first.enter();
    assertThat(third.isDone()).isFalse();
    first.end();
    assertThat(third.isDone()).isFalse();
    place.close();
    assertThat(begun(third)).isNotNull();
  }

  @Test
  void aSearchThatFindsNothingLeavesItsPlaceToOthersAtOnce() {
    Admission.Ticket first = begun(come());
    begun(come());
    PlainActionFuture<Admission.Ticket> third = come();
    first.end();
    assertThat(begun(third)).isNotNull();
  }

  @Test
  void aPlaceIsNotKeptForLongForASearchThatDoesNotBegin() {
    begun(come());
    begun(come());
    PlainActionFuture<Admission.Ticket> third = come();
    pass(240);
    assertThat(third.isDone()).isFalse();
    pass(1);
    assertThat(begun(third)).isNotNull();
    assertThat(scheduled).as("nobody waits any more").isEmpty();
  }

  @Test
  void itIsKeptForFourTimesAsLongAsSearchesTakeToBegin() {
    for (int i = 0; i < 50; i++) {
      Admission.Ticket usual = begun(come());
      clock.addAndGet(TimeValue.timeValueMillis(30).nanos());
      usual.begin();
      usual.end();
    }
    begun(come());
    begun(come());
    PlainActionFuture<Admission.Ticket> third = come();
    pass(119);
    assertThat(third.isDone()).isFalse();
    pass(2);
    assertThat(begun(third)).isNotNull();
  }

  @Test
  void aPlaceIsKeptForASearchThatHasBegunHoweverSlowItsFirstStage() {
    begun(come()).begin();
    begun(come()).begin();
    PlainActionFuture<Admission.Ticket> third = come();
    pass(5000);
    assertThat(third.isDone()).isFalse();
    pass(1);
    assertThat(begun(third)).as("something must be wrong").isNotNull();
  }

  @Test
  void aPlaceIsKeptBetweenTheWindowsOfOneSearch() {
    Admission.Ticket ticket = begun(come());
    ticket.begin();
    begun(come()).enter();
    PlainActionFuture<Admission.Ticket> third = come();
    ticket.enter().close();
    assertThat(third.isDone()).isFalse();
    ticket.enter().close();
    ticket.end();
    assertThat(begun(third)).isNotNull();
  }

  @Test
  void aSearchThatComesAgainGoesBeforeThoseThatBeganLater() {
    begun(come()).enter();
    Admission.Ticket second = begun(come());
    SearchThreadLimit.Place place = second.enter();
    PlainActionFuture<Admission.Ticket> later = come(3, null);
    PlainActionFuture<Admission.Ticket> again = come(400, null);
    place.close();
    second.end();
    assertThat(begun(again)).isNotNull();
    assertThat(later.isDone()).isFalse();
  }

  @Test
  void clocksThatAreWrongByHoursLetNobodyStarve() {
    begun(come()).enter();
    Admission.Ticket second = begun(come());
    SearchThreadLimit.Place place = second.enter();
    PlainActionFuture<Admission.Ticket> first = come(-7_200_000, null);
    clock.addAndGet(TimeValue.timeValueSeconds(61).nanos());
    PlainActionFuture<Admission.Ticket> behind = come(10_800_000, null);
    place.close();
    second.end();
    assertThat(begun(first)).isNotNull();
    assertThat(behind.isDone()).isFalse();
  }

  @Test
  void oneMoreThanMayWaitIsRefusedWith429() {
    begun(come()).enter();
    begun(come()).enter();
    come();
    come();
    PlainActionFuture<Admission.Ticket> fifth = come();
    assertRefused(fifth, "[2] search threads of this node are reranking and [2] searches wait");
    assertThat(admission.waiting()).isEqualTo(2);
  }

  @Test
  void withoutAQueueIsRefusedAtOnceButNotWhileAPlaceIsFree() {
    admission.queueSize(0);
    begun(come()).enter();
    Admission.Ticket second = begun(come());
    SearchThreadLimit.Place place = second.enter();
    assertRefused(come(), "stillrank.rescore.queue_size");
    place.close();
    second.end();
    assertThat(begun(come())).isNotNull();
  }

  @Test
  void aWaitThatIsTooLongIsOver() {
    begun(come()).enter();
    begun(come()).enter();
    PlainActionFuture<Admission.Ticket> third = come(0, TimeValue.timeValueMillis(50));
    pass(49);
    assertThat(third.isDone()).isFalse();
    pass(1);
    assertThatThrownBy(third::actionGet).hasMessageContaining("too late");
    assertThat(admission.waiting()).isZero();
  }

  @Test
  void morePlacesLetMoreIn() {
    begun(come()).enter();
    begun(come()).enter();
    PlainActionFuture<Admission.Ticket> third = come();
    admission.allow(1);
    assertThat(begun(third)).isNotNull();
  }

  @Test
  void whoWaitsIsRefusedWhenTheNodeCloses() {
    begun(come()).enter();
    begun(come()).enter();
    PlainActionFuture<Admission.Ticket> third = come();
    admission.close();
    assertRefused(third, "closing");
    assertRefused(come(), "closing");
  }

  @Test
  void aPlaceThatWasNotKeptMayBeTaken() {
    begun(come()).enter();
    begun(come()).enter();
    assertThatThrownBy(admission.unannounced()::enter)
        .isInstanceOf(EsRejectedExecutionException.class);
    assertThat(admission.reranking()).isEqualTo(2);
  }

  @Test
  void whoWasLetInIsNotRefusedWhereItsPlaceWasNotKeptLongEnough() {
    Admission.Ticket slow = begun(come());
    begun(come()).enter();
    PlainActionFuture<Admission.Ticket> third = come();
    pass(241);
    begun(third).enter();
    slow.begin();
    SearchThreadLimit.Place oneMore = slow.enter();
    assertThat(admission.reranking()).isEqualTo(3);
    oneMore.close();
    slow.end();
    assertThat(come().isDone()).isFalse();
  }

  @Test
  void whoWasNotLetInIsToldWhyWhenItWouldEnter() {
    IllegalStateException why = new IllegalStateException("too late");
    assertThatThrownBy(admission.refused(why)::enter).isSameAs(why);
    assertThat(admission.reranking()).isZero();
  }

  @Test
  void threadsOfOneSearchHaveAPlaceEach() {
    Admission.Ticket ticket = begun(come());
    ticket.begin();
    List<SearchThreadLimit.Place> places = List.of(ticket.enter(), ticket.enter(), ticket.enter());
    assertThat(admission.reranking()).isEqualTo(3);
    PlainActionFuture<Admission.Ticket> next = come();
    places.forEach(SearchThreadLimit.Place::close);
    assertThat(admission.reranking()).isZero();
    ticket.end();
    assertThat(begun(next)).isNotNull();
  }

  /** Time passes, and what was scheduled runs. */
  private void pass(long millis) {
    clock.addAndGet(TimeValue.timeValueMillis(millis).nanos());
    List<Runnable> due = List.copyOf(scheduled);
    scheduled.clear();
    due.forEach(Runnable::run);
  }

  private PlainActionFuture<Admission.Ticket> come() {
    return come(0, null);
  }

  private PlainActionFuture<Admission.Ticket> come(long ageMillis, @Nullable TimeValue atMost) {
    PlainActionFuture<Admission.Ticket> future = new PlainActionFuture<>();
    admission.admit(ageMillis, atMost, () -> new IllegalStateException("too late"), future);
    return future;
  }

  private static Admission.Ticket begun(PlainActionFuture<Admission.Ticket> future) {
    assertThat(future.isDone()).isTrue();
    return future.actionGet();
  }

  private static void assertRefused(PlainActionFuture<?> future, String why) {
    assertThatThrownBy(future::actionGet)
        .isInstanceOf(EsRejectedExecutionException.class)
        .satisfies(
            e -> assertThat(ExceptionsHelper.status(e)).isEqualTo(RestStatus.TOO_MANY_REQUESTS))
        .hasMessageContaining(why);
  }
}
