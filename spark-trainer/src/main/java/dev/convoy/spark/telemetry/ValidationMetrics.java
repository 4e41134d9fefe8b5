package dev.convoy.spark.telemetry;

import java.io.IOException;

/**
 * One pass over the validation set.
 *
 * @param step the training step after which it was made
 * @param epoch how often the training set had been seen by then, with its fraction
 * @param loss mean loss of a sample
 * @param top1 fraction of samples whose best class is right, 0 to 1
 * @param top5 fraction of samples with the right class among the five best, 0 to 1; NaN below six
 *     classes, where all are
 * @param imagesPerSecond of all executors together
 */
public record ValidationMetrics(
    long step, double epoch, double loss, double top1, double top5, double imagesPerSecond)
    implements TelemetryMessage {
  @Override
  public void tell(RunListener listener) throws IOException {
    listener.onValidation(this);
  }
}
