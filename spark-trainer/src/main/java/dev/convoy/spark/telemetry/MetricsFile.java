package dev.convoy.spark.telemetry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.spark.storage.RunFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * {@code metrics.jsonl}: one JSON object a line, for programs. Accuracies are fractions from 0 to
 * 1. Each line is flushed, so that a crash loses the last one at most.
 *
 * <pre>
 * {"step":100,"epoch":0.21,"loss":0.5,"top1":0.8,"top5":0.99,"images_per_second":12345.6,
 *  "learning_rate":0.05,"time_shares":{"data":0.01,"forward":0.3, … },"phase":"train"}
 * {"step":468,"epoch":1.0,"loss":0.4,"top1":0.85,"top5":0.99,"images_per_second":20000.0,
 *  "phase":"validate"}
 * </pre>
 */
public final class MetricsFile implements RunListener {
  private final FSDataOutputStream out;

  private MetricsFile(FSDataOutputStream out) {
    this.out = out;
  }

  /** Starts a new file, in the place of whatever is there. */
  public static MetricsFile create(FileSystem fs, Path path) throws IOException {
    return new MetricsFile(RunFiles.plain(fs).create(path, true));
  }

  /**
   * Goes on with the file of a run that resumes after step {@code resumeFromStep}: lines of later
   * steps, which will be made again, are dropped, and so is a line that a crash has left
   * unfinished. A file that is missing is started.
   *
   * @param validatesAgain whether a validation after that step will be made again, too
   */
  public static MetricsFile open(
      FileSystem fs, Path path, long resumeFromStep, boolean validatesAgain) throws IOException {
    return new MetricsFile(MetricsHistory.keepUntil(fs, path, resumeFromStep, validatesAgain));
  }

  @Override
  public void onTrain(TrainMetrics metrics) throws IOException {
    write(MetricsJson.of(metrics).put("phase", "train"));
  }

  @Override
  public void onValidation(ValidationMetrics metrics) throws IOException {
    write(MetricsJson.of(metrics).put("phase", "validate"));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void write(ObjectNode line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.hflush();
  }
}
