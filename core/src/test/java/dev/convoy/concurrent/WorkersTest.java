package dev.convoy.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyTaskIsDoneOnceByAWorkerThatExists(int count) throws Exception {
    try (Workers workers = new Workers(count)) {
      assertEquals(count, workers.count());
      for (int tasks : new int[] {0, 1, count - 1, count, 100}) {
        AtomicIntegerArray done = new AtomicIntegerArray(Math.max(1, tasks));
        workers.run(
            tasks,
            (worker, task) -> {
              assertTrue(worker >= 0 && worker < count);
              done.incrementAndGet(task);
            });
        for (int task = 0; task < tasks; task++) {
          assertEquals(1, done.get(task));
        }
      }
    }
  }

  @Test
  void oneWorkerIsTheCallersThreadAndDoesTheTasksInOrder() throws Exception {
    List<Integer> order = new CopyOnWriteArrayList<>();
    try (Workers workers = new Workers(1)) {
      Thread caller = Thread.currentThread();
      workers.run(
          5,
          (worker, task) -> {
            assertSame(caller, Thread.currentThread());
            order.add(task);
          });
    }
    assertEquals(List.of(0, 1, 2, 3, 4), order);
  }

  /** What a worker is given comes after what it was given before: a loader relies on it. */
  @Test
  void eachWorkerDoesItsTasksInAscendingOrder() throws Exception {
    try (Workers workers = new Workers(3)) {
      int[] last = {-1, -1, -1};
      workers.run(
          300,
          (worker, task) -> {
            assertTrue(task > last[worker]);
            last[worker] = task;
          });
    }
  }

  @Test
  void workersWorkAtOnceAndEachHasAThreadOfItsOwn() throws Exception {
    Set<Thread> threads = Collections.newSetFromMap(new ConcurrentHashMap<>());
    CountDownLatch all = new CountDownLatch(3);
    try (Workers workers = new Workers(3)) {
      workers.run(
          3,
          (worker, task) -> {
            threads.add(Thread.currentThread());
            all.countDown();
            all.await();
          });
    }
    assertEquals(3, threads.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theFirstFailureIsThrownAsItIsAndNoFurtherTaskIsBegun(int count) throws Exception {
    try (Workers workers = new Workers(count)) {
      IOException failure = new IOException("no such shard");
      AtomicInteger begun = new AtomicInteger();
      IOException thrown =
          assertThrows(
              IOException.class,
              () ->
                  workers.run(
                      1_000_000,
                      (worker, task) -> {
                        begun.incrementAndGet();
                        if (task == 3) {
                          throw failure;
                        }
                      }));
      assertSame(failure, thrown);
      assertTrue(begun.get() < 1_000_000);
    }
  }

  @Test
  void anErrorIsThrownAsItIs() {
    OutOfMemoryError failure = new OutOfMemoryError("Java heap space");
    try (Workers workers = new Workers(2)) {
      Workers.Task failing =
          (worker, task) -> {
            throw failure;
          };
      assertSame(failure, assertThrows(OutOfMemoryError.class, () -> workers.run(2, failing)));
    }
  }

  @Test
  void aTaskThatWaitsIsInterruptedWhenAnotherFails() {
    CountDownLatch bothAtWork = new CountDownLatch(2);
    AtomicInteger interrupted = new AtomicInteger();
    try (Workers workers = new Workers(2)) {
      Exception thrown =
          assertThrows(
              Exception.class,
              () ->
                  workers.run(
                      2,
                      (worker, task) -> {
                        bothAtWork.countDown();
                        if (task == 0) {
                          bothAtWork.await();
                          throw new IOException("peer is gone");
                        }
                        try {
                          new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                          interrupted.incrementAndGet();
                          throw e;
                        }
                      }));
      assertEquals("peer is gone", thrown.getMessage());
      assertEquals(1, interrupted.get());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void afterAFailureTheNextStepIsAsGoodAsTheFirst(int count) throws Exception {
    try (Workers workers = new Workers(count)) {
      for (int round = 0; round < 200; round++) {
        assertThrows(
            IllegalStateException.class,
            () ->
                workers.run(
                    8,
                    (worker, task) -> {
                      if (task % 2 == 1) {
                        throw new IllegalStateException("odd");
                      }
                    }));
        // No thread may carry an interrupt into the next step.
        AtomicInteger sum = new AtomicInteger();
        workers.run(
            8,
            (worker, task) -> {
              assertFalse(Thread.currentThread().isInterrupted());
              sum.addAndGet(task);
            });
        assertEquals(IntStream.range(0, 8).sum(), sum.get());
      }
    }
  }

  @Test
  void closingEndsTheThreads() throws Exception {
    Set<Thread> threads = Collections.newSetFromMap(new ConcurrentHashMap<>());
    CountDownLatch all = new CountDownLatch(3);
    Workers workers = new Workers(3);
    workers.run(
        3,
        (worker, task) -> {
          threads.add(Thread.currentThread());
          all.countDown();
          all.await();
        });
    workers.close();
    threads.remove(Thread.currentThread());
    for (Thread thread : threads) {
      thread.join(10_000);
      assertFalse(thread.isAlive());
    }
  }

  @Test
  void noWorkersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Workers(0));
  }
}
