package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.WHERE_USED;
import static dev.convoy.spark.config.DefinesResult.YES;

/**
 * Section {@code sync}: how replicas are kept together.
 *
 * @param period only for {@link Mode#AVERAGING}: local steps between two averages, at least 1
 */
public record SyncConfig(Mode mode, int period) {

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

  static SyncConfig read(Values values) {
    return new SyncConfig(values.get(MODE), values.get(PERIOD));
  }
}
