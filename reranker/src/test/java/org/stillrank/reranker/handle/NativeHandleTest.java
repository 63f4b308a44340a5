/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class NativeHandleTest {
  @Test
  void closingFreesOnceAndIsCounted() {
    AtomicInteger freed = new AtomicInteger();
    NativeHandle handle = NativeHandle.scoped("tensor", "a test", freed::incrementAndGet);
    assertThat(NativeHandle.open()).containsExactly("tensor of [a test]");
    handle.close();
    handle.close();
    assertThat(freed).hasValue(1);
    assertThat(NativeHandle.open()).isEmpty();
  }

  @Test
  void aLeakIsFreedAndReportedWithItsHolder() throws InterruptedException {
    List<String> reports = new ArrayList<>();
    Logger logger = Logger.getLogger(NativeHandle.class.getName());
    Handler recording =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            reports.add(String.valueOf(record.getParameters()[0]));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(recording);
    CountDownLatch freed = new CountDownLatch(1);
    forget(freed);
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    do {
      System.gc();
    } while (!freed.await(20, TimeUnit.MILLISECONDS) && Instant.now().isBefore(deadline));
    logger.removeHandler(recording);
    assertThat(freed.getCount()).isZero();
    assertThat(reports).containsExactly("session of [a forgetful caller]");
    assertThat(NativeHandle.open()).isEmpty();
  }

  @Test
  void aUseAfterTheEndIsAnError() {
    Lifetime lifetime = new Lifetime("the thing");
    assertThat(lifetime.during(() -> 7)).isEqualTo(7);
    AtomicInteger freed = new AtomicInteger();
    lifetime.end(freed::incrementAndGet);
    lifetime.end(freed::incrementAndGet);
    assertThat(freed).hasValue(1);
    assertThatThrownBy(() -> lifetime.during(() -> 7))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the thing is closed");
  }

  private static void forget(CountDownLatch freed) {
    NativeHandle.ownedBy(new Object(), "session", "a forgetful caller", freed::countDown);
  }
}
