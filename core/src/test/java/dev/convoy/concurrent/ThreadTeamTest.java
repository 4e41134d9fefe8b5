package dev.convoy.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadTeamTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyWorkerRunsTheProgramOnceAndSharesCoverAllWork(int count) throws Exception {
    try (ThreadTeam team = new ThreadTeam(count)) {
      assertEquals(count, team.count());
      for (int units : new int[] {0, 1, count - 1, count, 100}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(count);
        AtomicIntegerArray done = new AtomicIntegerArray(Math.max(1, units));
        team.run(
            worker -> {
              runs.incrementAndGet(worker.index());
              assertEquals(count, worker.count());
              assertEquals(worker.index() == 0, worker.first());
              for (int unit = worker.from(units); unit < worker.to(units); unit++) {
                done.incrementAndGet(unit);
              }
            });
        for (int worker = 0; worker < count; worker++) {
          assertEquals(1, runs.get(worker));
        }
        for (int unit = 0; unit < units; unit++) {
          assertEquals(1, done.get(unit));
        }
      }
    }
  }

  @Test
  void theFirstWorkerIsTheCallersThreadAndEachHasAThreadOfItsOwn() throws Exception {
    Set<Thread> threads = Collections.newSetFromMap(new ConcurrentHashMap<>());
    Thread caller = Thread.currentThread();
    try (ThreadTeam team = new ThreadTeam(3)) {
      team.run(
          worker -> {
            threads.add(Thread.currentThread());
            assertEquals(worker.first(), caller == Thread.currentThread());
            worker.barrier();
          });
    }
    assertEquals(3, threads.size());
  }

  @Test
  void aWorkerAloneIsATeamOfOne() {
    Worker worker = Worker.single();
    assertEquals(0, worker.from(7));
    assertEquals(7, worker.to(7));
    worker.barrier();
  }

  /** More workers than cores too: then spinning must give way. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void whatOneWritesBeforeAMeetingAllReadAfterIt(int count) throws Exception {
    int meetings = count > 3 ? 300 : 20_000;
    int[] written = new int[count];
    try (ThreadTeam team = new ThreadTeam(count)) {
      team.run(
          worker -> {
            for (int round = 1; round <= meetings; round++) {
              written[worker.index()] = round;
              worker.barrier();
              for (int value : written) {
                assertEquals(round, value);
              }
              worker.barrier();
            }
          });
    }
  }

  @Test
  void manyRunsOfFewMeetings() throws Exception {
    int[] sum = new int[1];
    int[] parts = new int[2];
    try (ThreadTeam team = new ThreadTeam(2)) {
      for (int round = 0; round < 20_000; round++) {
        int addend = round;
        team.run(
            worker -> {
              parts[worker.index()] = addend;
              worker.barrier();
              if (worker.first()) {
                sum[0] = parts[0] + parts[1];
              }
            });
        assertEquals(2 * round, sum[0]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theFirstFailureIsThrownAsItIs(int count) {
    IOException failure = new IOException("no such shard");
    try (ThreadTeam team = new ThreadTeam(count)) {
      IOException thrown =
          assertThrows(
              IOException.class,
              () ->
                  team.run(
                      worker -> {
                        if (worker.index() == count - 1) {
                          throw failure;
                        }
                        worker.barrier();
                      }));
      assertSame(failure, thrown);
    }
  }

  @Test
  void anErrorIsThrownAsItIs() {
    OutOfMemoryError failure = new OutOfMemoryError("Java heap space");
    ThreadTeam.Program failing =
        worker -> {
          throw failure;
        };
    try (ThreadTeam team = new ThreadTeam(2)) {
      assertSame(failure, assertThrows(OutOfMemoryError.class, () -> team.run(failing)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aWorkerThatWaitsForDataIsInterruptedWhenAnotherFails(int failing) {
    CountDownLatch bothAtWork = new CountDownLatch(2);
    AtomicInteger interrupted = new AtomicInteger();
    try (ThreadTeam team = new ThreadTeam(2)) {
      Exception thrown =
          assertThrows(
              Exception.class,
              () ->
                  team.run(
                      worker -> {
                        bothAtWork.countDown();
                        if (worker.index() == failing) {
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
  void afterAFailureTheNextRunIsAsGoodAsTheFirst(int count) throws Exception {
    try (ThreadTeam team = new ThreadTeam(count)) {
      for (int round = 0; round < 200; round++) {
        int failing = round % count;
        assertThrows(
            IllegalStateException.class,
            () ->
                team.run(
                    worker -> {
                      worker.barrier();
                      if (worker.index() == failing) {
                        throw new IllegalStateException("mine");
                      }
                      worker.barrier();
                    }));
        // No thread may carry an interrupt or a broken meeting into the next run.
        AtomicInteger sum = new AtomicInteger();
        team.run(
            worker -> {
              worker.barrier();
              assertFalse(Thread.currentThread().isInterrupted());
              sum.addAndGet(worker.index());
              worker.barrier();
              assertEquals(count * (count - 1) / 2, sum.get());
            });
      }
    }
  }

  /** As Spark stops a task: the caller is interrupted, wherever it is. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallerWhoIsInterruptedStopsTheOthersAndWaitsForThem(boolean inMeeting) throws Exception {
    try (ThreadTeam team = new ThreadTeam(2)) {
      Thread caller = Thread.currentThread();
      AtomicInteger ended = new AtomicInteger();
      assertThrows(
          InterruptedException.class,
          () ->
              team.run(
                  worker -> {
                    if (worker.first()) {
                      if (inMeeting) {
                        worker.barrier();
                      }
                      return;
                    }
                    try {
                      Thread.sleep(50);
                      caller.interrupt();
                      new CountDownLatch(1).await();
                    } finally {
                      ended.incrementAndGet();
                    }
                  }));
      assertEquals(1, ended.get());
      assertFalse(Thread.currentThread().isInterrupted());
      team.run(Worker::barrier);
    }
  }

  @Test
  void anInterruptThatNobodyNoticedIsStillThereAfterwards() throws Exception {
    try (ThreadTeam team = new ThreadTeam(1)) {
      team.run(
          worker -> {
            if (worker.first()) {
              Thread.currentThread().interrupt();
            }
          });
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void closingEndsTheThreads() throws Exception {
    Set<Thread> threads = Collections.newSetFromMap(new ConcurrentHashMap<>());
    ThreadTeam team = new ThreadTeam(3);
    team.run(worker -> threads.add(Thread.currentThread()));
    team.close();
    threads.remove(Thread.currentThread());
    assertEquals(2, threads.size());
    for (Thread thread : threads) {
      thread.join(10_000);
      assertFalse(thread.isAlive());
    }
  }

  @Test
  void aClosedTeamDoesNotRun() {
    ThreadTeam team = new ThreadTeam(2);
    team.close();
    assertThrows(IllegalStateException.class, () -> team.run(worker -> {}));
  }

  @Test
  void noWorkersAreRefused() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> new ThreadTeam(0));
    assertTrue(refusal.getMessage().contains("at least one"));
  }
}
