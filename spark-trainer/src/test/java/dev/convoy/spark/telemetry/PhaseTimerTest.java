package dev.convoy.spark.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PhaseTimerTest {
  @Test
  void sharesAreOfTheTimeThatAllWorkersHad() {
    PhaseTimer timer = new PhaseTimer(2);
    timer.add(Phase.DATA, 10);
    timer.add(Phase.FORWARD, 30);
    timer.add(Phase.FORWARD, 30);
    timer.add(Phase.BACKWARD, 50);
    timer.addForAll(Phase.COMMUNICATION, 25);
    timer.addForAll(Phase.UPDATE, 5);

    assertEquals(new TimeShares(0.05, 0.3, 0.25, 0.25, 0.05), timer.take(100));
  }

  @Test
  void theNextWindowStartsAtZero() {
    PhaseTimer timer = new PhaseTimer(1);
    timer.add(Phase.FORWARD, 30);
    timer.take(100);

    assertEquals(new TimeShares(0, 0, 0, 0, 0), timer.take(100));
  }

  @Test
  void nothingIsLostWhenManyThreadsAddAtOnce() throws InterruptedException {
    PhaseTimer timer = new PhaseTimer(4);
    List<Thread> workers = new ArrayList<>();
    for (int worker = 0; worker < 4; worker++) {
      workers.add(
          new Thread(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  timer.add(Phase.BACKWARD, 1);
                }
              }));
    }
    workers.forEach(Thread::start);
    for (Thread worker : workers) {
      worker.join();
    }
    assertEquals(1.0, timer.take(10_000).backward());
  }

  @Test
  void aTimerForNobodyIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PhaseTimer(0));
  }
}
