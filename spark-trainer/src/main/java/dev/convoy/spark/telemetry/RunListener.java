package dev.convoy.spark.telemetry;

import java.io.Closeable;
import java.io.IOException;

/**
 * Follows a run from the driver. Calls come one at a time, in the order in which rank 0 sent the
 * messages; {@link RunListeners} sees to that.
 */
public interface RunListener extends Closeable {
  default void onBegun(AttemptBegun begun) throws IOException {}

  default void onTrain(TrainMetrics metrics) throws IOException {}

  default void onValidation(ValidationMetrics metrics) throws IOException {}

  default void onPrepared(PreparedImages prepared) throws IOException {}

  default void onEvent(RunEvent event) throws IOException {}

  default void onSkipped(SkippedSample skipped) throws IOException {}

  default void onLastingFailure(LastingFailure failure) throws IOException {}

  /** Called when the run, or this attempt of it, is over. */
  @Override
  default void close() throws IOException {}
}
