package dev.convoy.spark.telemetry;

import dev.convoy.spark.storage.RunFiles;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * TensorBoard's {@code events.out.tfevents.<seconds>.<host>}. Every attempt writes a file of its
 * own, as TensorBoard expects; its second record tells where it goes on, so that points of later
 * steps from the attempt before are no longer shown.
 */
public final class EventFile implements RunListener {
  private final FSDataOutputStream out;
  private final Clock clock;

  private EventFile(FSDataOutputStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /**
   * Starts a file in {@code directory}.
   *
   * @param host the last part of its name
   * @param resumeFromStep the step whose weights this attempt starts from, 0 for a new run
   */
  public static EventFile create(
      FileSystem fs, Path directory, String host, Clock clock, long resumeFromStep)
      throws IOException {
    FileSystem plain = RunFiles.plain(fs);
    EventFile file = new EventFile(plain.create(newName(plain, directory, host, clock)), clock);
    file.write(TensorBoardEvent.version(file.now()));
    if (resumeFromStep > 0) {
      file.write(TensorBoardEvent.start(file.now(), resumeFromStep + 1));
    }
    return file;
  }

  @Override
  public void onTrain(TrainMetrics metrics) throws IOException {
    double now = now();
    long step = metrics.step();
    write(TensorBoardEvent.scalar(now, step, "train/loss", metrics.loss()));
    write(TensorBoardEvent.scalar(now, step, "train/top1", metrics.top1()));
    write(TensorBoardEvent.scalar(now, step, "train/learning_rate", metrics.learningRate()));
    write(TensorBoardEvent.scalar(now, step, "train/images_per_second", metrics.imagesPerSecond()));
    out.hflush();
  }

  @Override
  public void onValidation(ValidationMetrics metrics) throws IOException {
    double now = now();
    long step = metrics.step();
    write(TensorBoardEvent.scalar(now, step, "validation/loss", metrics.loss()));
    write(TensorBoardEvent.scalar(now, step, "validation/top1", metrics.top1()));
    if (!Double.isNaN(metrics.top5())) {
      write(TensorBoardEvent.scalar(now, step, "validation/top5", metrics.top5()));
    }
    out.hflush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static Path newName(FileSystem fs, Path directory, String host, Clock clock)
      throws IOException {
    // TensorBoard reads files in the order of their names; ten digits keep it the order of time.
    for (long seconds = clock.instant().getEpochSecond(); ; seconds++) {
      Path path =
          new Path(
              directory, String.format(Locale.ROOT, "events.out.tfevents.%010d.%s", seconds, host));
      if (!fs.exists(path)) {
        return path;
      }
    }
  }

  private void write(byte[] event) throws IOException {
    out.write(TensorBoardRecord.frame(event));
  }

  private double now() {
    Instant instant = clock.instant();
    return instant.getEpochSecond() + instant.getNano() * 1e-9;
  }
}
