package dev.convoy.spark.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SlowHostNoticeTest {
  private final List<String> said = new ArrayList<>();
  private final SlowHostNotice notice = new SlowHostNotice(said::add);

  private static RankTime rank(int rank, String host, int nodes, double millis) {
    return new RankTime(rank, host, nodes, 1, millis - 1, 0, 0);
  }

  private void report(int times, RankTime... ranks) {
    TrainMetrics sample = Samples.train(1);
    for (int i = 0; i < times; i++) {
      notice.onTrain(new TrainMetrics(i, 1, 1, 1, 1, 1, 1, sample.shares(), List.of(ranks)));
    }
  }

  @Test
  void namesASlowHostOnceAfterThreeReportsInARow() {
    RankTime[] ranks = {
      rank(0, "alpha", 4, 100), rank(1, "beta", 4, 130), rank(2, "gamma", 4, 100)
    };
    report(2, ranks);
    assertEquals(List.of(), said);
    report(10, ranks);
    assertEquals(
        List.of(
            "host beta is slow: its executors take 1.30 times as long for a virtual node as those on"
                + " the other hosts, and every step waits for them"),
        said);
  }

  @Test
  void aSingleSlowReportAndAFifthAreTolerated() {
    for (int i = 0; i < 5; i++) {
      report(2, rank(0, "alpha", 4, 100), rank(1, "beta", 4, 150));
      report(1, rank(0, "alpha", 4, 100), rank(1, "beta", 4, 119));
    }
    assertEquals(List.of(), said);
  }

  @Test
  void moreVirtualNodesAreNoFaultAndOneHostHasNoOthers() {
    report(5, rank(0, "alpha", 3, 300), rank(1, "beta", 2, 200));
    report(5, rank(0, "alpha", 4, 100), rank(1, "alpha", 4, 900));
    report(5, rank(0, "alpha", 8, 100));
    assertEquals(List.of(), said);
  }
}
