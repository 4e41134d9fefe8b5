package dev.convoy.spark.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.train.Phase;
import dev.convoy.train.PhaseTimer;
import dev.convoy.train.TimeShares;
import org.junit.jupiter.api.Test;

final class PhaseTimerTest {
  @Test
  void sharesAreOfTheTimeOfTheWindow() {
    PhaseTimer timer = new PhaseTimer();
    timer.add(Phase.DATA, 5);
    timer.add(Phase.FORWARD, 10);
    timer.add(Phase.FORWARD, 20);
    timer.add(Phase.BACKWARD, 25);
    timer.add(Phase.COMMUNICATION, 25);
    timer.add(Phase.UPDATE, 5);
    timer.add(Phase.EXCHANGE, 50);

    TimeShares shares = timer.take(100);
    assertEquals(new TimeShares(0.05, 0.3, 0.25, 0.25, 0.25, 0.05), shares);
  }

  @Test
  void anExchangeThatIsWaitedForIsNotHidden() {
    PhaseTimer timer = new PhaseTimer();
    timer.add(Phase.COMMUNICATION, 25);
    timer.add(Phase.EXCHANGE, 24);

    assertEquals(0, timer.take(100).hiddenCommunication());
  }

  @Test
  void theNextWindowStartsAtZero() {
    PhaseTimer timer = new PhaseTimer();
    timer.add(Phase.FORWARD, 30);
    timer.take(100);

    assertEquals(new TimeShares(0, 0, 0, 0, 0, 0), timer.take(100));
  }
}
