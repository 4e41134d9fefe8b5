package dev.convoy.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class WatermarkTest {
  private static CompletableFuture<Void> waiter(Watermark mark, long wanted) {
    return CompletableFuture.runAsync(() -> mark.awaitAsWorker(wanted));
  }

  @Test
  void whoWaitsGoesOnWhenTheMarkIsReachedAndNotBefore() throws Exception {
    Watermark mark = new Watermark(5);
    mark.await(5);
    CompletableFuture<Void> waiter = waiter(mark, 8);
    mark.raise(7);
    assertThrows(TimeoutException.class, () -> waiter.get(50, TimeUnit.MILLISECONDS));
    assertFalse(mark.isAt(8));
    mark.raise(9);
    waiter.get(10, TimeUnit.SECONDS);
    assertTrue(mark.isAt(8));
  }

  @Test
  void aFailureIsThrownToWhoWaitsNowOrLaterButNotForWhatIsReached() throws Exception {
    Watermark mark = new Watermark(0);
    CompletableFuture<Void> waiter = waiter(mark, 1);
    IllegalStateException cause = new IllegalStateException("gone");
    mark.fail(cause);
    mark.fail(new IllegalStateException("later"));
    Exception thrown = assertThrows(Exception.class, () -> waiter.get(10, TimeUnit.SECONDS));
    assertSame(cause, thrown.getCause());
    assertSame(cause, assertThrows(IllegalStateException.class, () -> mark.await(1)));
    mark.await(0);
  }

  @Test
  void aWorkerThatIsInterruptedLeavesAsFromABarrier() {
    Watermark mark = new Watermark(0);
    Thread.currentThread().interrupt();
    assertThrows(BrokenTeamException.class, () -> mark.awaitAsWorker(1));
    assertTrue(Thread.interrupted());
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> mark.await(1));
    assertEquals(false, Thread.interrupted());
  }
}
