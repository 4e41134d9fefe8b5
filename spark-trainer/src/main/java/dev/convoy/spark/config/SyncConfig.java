package dev.convoy.spark.config;

/**
 * Section {@code sync}: how replicas are kept together.
 *
 * @param period only for {@link Mode#AVERAGING}: local steps between two averages, at least 1
 */
public record SyncConfig(Mode mode, int period) {

  /** Gradients averaged in every step, or weights averaged every {@code period} steps. */
  public enum Mode implements Choice {
    ALL_REDUCE,
    AVERAGING
  }

  static SyncConfig read(ConfigReader reader) {
    return new SyncConfig(reader.choice("sync.mode", Mode.class), reader.integer("sync.period", 1));
  }
}
