package dev.convoy.spark.telemetry;

import dev.convoy.train.TimeShares;
import java.io.IOException;
import java.util.List;

/**
 * The mean over the steps since the last report.
 *
 * @param step the last step in it, counted from 1 over the whole run, resumes included
 * @param epoch how often the training set has been seen after {@code step}, with its fraction
 * @param loss mean loss of a sample
 * @param top1 fraction of samples whose best class is right, 0 to 1
 * @param top5 fraction of samples with the right class among the five best, 0 to 1; NaN below six
 *     classes, where all are
 * @param imagesPerSecond of all executors together
 * @param learningRate of the last step
 * @param shares where the time of rank 0 went
 * @param ranks what a step took on each executor
 */
public record TrainMetrics(
    long step,
    double epoch,
    double loss,
    double top1,
    double top5,
    double imagesPerSecond,
    double learningRate,
    TimeShares shares,
    List<RankTime> ranks)
    implements TelemetryMessage {
  @Override
  public void tell(RunListener listener) throws IOException {
    listener.onTrain(this);
  }
}
