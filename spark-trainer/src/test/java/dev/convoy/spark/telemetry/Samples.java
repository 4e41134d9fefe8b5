package dev.convoy.spark.telemetry;

import dev.convoy.train.TimeShares;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Metrics that tests report. */
final class Samples {
  static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);

  private Samples() {}

  static TrainMetrics train(long step) {
    return new TrainMetrics(
        step,
        step / 468.0,
        0.3121,
        0.889,
        0.9921,
        12_345.4,
        0.05,
        new TimeShares(0.01, 0.3, 0.5, 0.125, 0.0625, 0.02),
        List.of(
            new RankTime(0, "alpha", 4, 0.5, 100, 25, 1),
            new RankTime(1, "beta", 4, 0.25, 110.5, 12, 0)));
  }

  static ValidationMetrics validation(long step) {
    return new ValidationMetrics(step, step / 468.0, 0.3, 0.8991, 0.9971, 20_000);
  }
}
