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
class CrewTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyWorkerRunsTheProgramOnceAndSharesCoverAllWork(int count) throws Exception {
    try (Crew crew = new Crew(count)) {
      assertEquals(count, crew.count());
      for (int units : new int[] {0, 1, count - 1, count, 100}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(count);
        AtomicIntegerArray done = new AtomicIntegerArray(Math.max(1, units));
        crew.run(
            me -> {
              runs.incrementAndGet(me.index());
              assertEquals(count, me.count());
              assertEquals(me.index() == 0, me.first());
              for (int unit = me.from(units); unit < me.to(units); unit++) {
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
    try (Crew crew = new Crew(3)) {
      crew.run(
          me -> {
            threads.add(Thread.currentThread());
            assertEquals(me.first(), caller == Thread.currentThread());
            me.meet();
          });
    }
    assertEquals(3, threads.size());
  }

  @Test
  void aWorkerAloneIsACrewOfOne() {
    Worker me = Worker.alone();
    assertEquals(0, me.from(7));
    assertEquals(7, me.to(7));
    me.meet();
  }

  /** More workers than cores too: then spinning must give way. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void whatOneWritesBeforeAMeetingAllReadAfterIt(int count) throws Exception {
    int meetings = count > 3 ? 300 : 20_000;
    int[] written = new int[count];
    try (Crew crew = new Crew(count)) {
      crew.run(
          me -> {
            for (int round = 1; round <= meetings; round++) {
              written[me.index()] = round;
              me.meet();
              for (int value : written) {
                assertEquals(round, value);
              }
              me.meet();
            }
          });
    }
  }

  @Test
  void manyRunsOfFewMeetings() throws Exception {
    int[] sum = new int[1];
    int[] parts = new int[2];
    try (Crew crew = new Crew(2)) {
      for (int round = 0; round < 20_000; round++) {
        int addend = round;
        crew.run(
            me -> {
              parts[me.index()] = addend;
              me.meet();
              if (me.first()) {
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
    try (Crew crew = new Crew(count)) {
      IOException thrown =
          assertThrows(
              IOException.class,
              () ->
                  crew.run(
                      me -> {
                        if (me.index() == count - 1) {
                          throw failure;
                        }
                        me.meet();
                      }));
      assertSame(failure, thrown);
    }
  }

  @Test
  void anErrorIsThrownAsItIs() {
    OutOfMemoryError failure = new OutOfMemoryError("Java heap space");
    Crew.Program failing =
        me -> {
          throw failure;
        };
    try (Crew crew = new Crew(2)) {
      assertSame(failure, assertThrows(OutOfMemoryError.class, () -> crew.run(failing)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aWorkerThatWaitsForDataIsInterruptedWhenAnotherFails(int failing) {
    CountDownLatch bothAtWork = new CountDownLatch(2);
    AtomicInteger interrupted = new AtomicInteger();
    try (Crew crew = new Crew(2)) {
      Exception thrown =
          assertThrows(
              Exception.class,
              () ->
                  crew.run(
                      me -> {
                        bothAtWork.countDown();
                        if (me.index() == failing) {
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
    try (Crew crew = new Crew(count)) {
      for (int round = 0; round < 200; round++) {
        int failing = round % count;
        assertThrows(
            IllegalStateException.class,
            () ->
                crew.run(
                    me -> {
                      me.meet();
                      if (me.index() == failing) {
                        throw new IllegalStateException("mine");
                      }
                      me.meet();
                    }));
        // No thread may carry an interrupt or a broken meeting into the next run.
        AtomicInteger sum = new AtomicInteger();
        crew.run(
            me -> {
              me.meet();
              assertFalse(Thread.currentThread().isInterrupted());
              sum.addAndGet(me.index());
              me.meet();
              assertEquals(count * (count - 1) / 2, sum.get());
            });
      }
    }
  }

  /** As Spark stops a task: the caller is interrupted, wherever it is. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallerWhoIsInterruptedStopsTheOthersAndWaitsForThem(boolean inMeeting) throws Exception {
    try (Crew crew = new Crew(2)) {
      Thread caller = Thread.currentThread();
      AtomicInteger ended = new AtomicInteger();
      assertThrows(
          InterruptedException.class,
          () ->
              crew.run(
                  me -> {
                    if (me.first()) {
                      if (inMeeting) {
                        me.meet();
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
      crew.run(Worker::meet);
    }
  }

  @Test
  void anInterruptThatNobodyNoticedIsStillThereAfterwards() throws Exception {
    try (Crew crew = new Crew(1)) {
      crew.run(
          me -> {
            if (me.first()) {
              Thread.currentThread().interrupt();
            }
          });
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void closingEndsTheThreads() throws Exception {
    Set<Thread> threads = Collections.newSetFromMap(new ConcurrentHashMap<>());
    Crew crew = new Crew(3);
    crew.run(me -> threads.add(Thread.currentThread()));
    crew.close();
    threads.remove(Thread.currentThread());
    assertEquals(2, threads.size());
    for (Thread thread : threads) {
      thread.join(10_000);
      assertFalse(thread.isAlive());
    }
  }

  @Test
  void aDismissedCrewDoesNotRun() {
    Crew crew = new Crew(2);
    crew.close();
    assertThrows(IllegalStateException.class, () -> crew.run(me -> {}));
  }

  @Test
  void noWorkersAreRefused() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> new Crew(0));
    assertTrue(refusal.getMessage().contains("at least one"));
  }
}
