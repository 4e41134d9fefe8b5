package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.NO;
import static dev.convoy.spark.config.DefinesResult.WHERE_USED;
import static dev.convoy.spark.config.DefinesResult.YES;

import java.util.Optional;

/**
 * Section {@code sync}: how replicas are kept together.
 *
 * @param period only for {@link Mode#AVERAGING}: local steps between two averages, at least 1
 * @param from only for {@link Mode#AVERAGING}: how long the run is synchronous before its local
 *     steps begin; empty if they begin at once
 * @param bucket bytes of a bucket, the part of the gradient that is exchanged at once; empty where
 *     Convoy chooses
 * @param overlap whether buckets are exchanged while the computation goes on
 */
public record SyncConfig(
    Mode mode, int period, Optional<Span> from, Optional<Integer> bucket, boolean overlap) {

  /** Slices begin at multiples of 1,024 floats. */
  private static final int LEAST_BUCKET = 4096;

  /** Gradients averaged in every step, or weights averaged every {@code period} steps. */
  public enum Mode {
    ALL_REDUCE,
    AVERAGING
  }

  static final Section SECTION = new Section("sync");

  private static final Key<Mode> MODE =
      SECTION.key(
          "mode",
          Types.choice(Mode.class),
          "all-reduce",
          YES,
          "How the executors stay together: all-reduce averages gradients in every step, averaging"
              + " averages weights every `period` steps.");

  private static final Key<Integer> PERIOD =
      SECTION.key(
          "period",
          Types.wholeNumber(1),
          "10",
          WHERE_USED,
          new Key.Usage("sync.mode = averaging", config -> config.sync().mode() == Mode.AVERAGING),
          "Only averaging: local steps between two averages.");

  private static final Key<Optional<Span>> FROM =
      SECTION.key(
          "from",
          Types.parsed("start or a span such as \"30 epochs\" or \"1000 steps\"", Span::parse)
              .or("start"),
          "start",
          WHERE_USED,
          new Key.Usage("sync.mode = averaging", config -> config.sync().mode() == Mode.AVERAGING),
          "Only averaging: where the local steps begin; before, gradients are averaged in every"
              + " step (post-local SGD).");

  private static final Key<Optional<Integer>> BUCKET =
      SECTION.key(
          "bucket",
          Types.bytes("auto or a size from 4k to 2047m, such as 512k or 4m", LEAST_BUCKET)
              .or("auto"),
          "auto",
          NO,
          "Size of a bucket, the part of the gradient that executors exchange at once, while the"
              + " rest is computed; auto is 4m.");

  private static final Key<Boolean> OVERLAP =
      SECTION.key(
          "overlap",
          Types.onOff(),
          "on",
          NO,
          "Exchange buckets while backward and the next forward compute.");

  static SyncConfig read(Values values) {
    return new SyncConfig(
        values.get(MODE),
        values.get(PERIOD),
        values.get(FROM),
        values.get(BUCKET),
        values.get(OVERLAP));
  }
}
