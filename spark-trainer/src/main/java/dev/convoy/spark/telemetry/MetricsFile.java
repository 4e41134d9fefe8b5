package dev.convoy.spark.telemetry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.spark.storage.RunFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code metrics.jsonl}: one JSON object a line, for programs. Accuracies are fractions from 0 to
 * 1. Each line is flushed, so that a crash loses the last one at most. Lines that find no room,
 * such as on a full disk, wait in memory until there is some.
 *
 * <pre>
 * {"step":100,"epoch":0.21,"loss":0.5,"top1":0.8,"top5":0.99,"images_per_second":12345.6,
 *  "learning_rate":0.05,"time_shares":{"data":0.01,"forward":0.3, … },"phase":"train"}
 * {"step":468,"epoch":1.0,"loss":0.4,"top1":0.85,"top5":0.99,"images_per_second":20000.0,
 *  "phase":"validate"}
 * </pre>
 */
public final class MetricsFile implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsFile.class);
  private static final int MOST_WAITING_BYTES = 4 << 20;

  private final FileSystem fs;
  private final Path path;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  /** Null after a failure: what it has written then, and will when it is closed, nobody knows. */
  private FSDataOutputStream out;

  /** Bytes of whole lines that are written. */
  private long length;

  private MetricsFile(FileSystem fs, Path path, FSDataOutputStream out) {
    this.fs = fs;
    this.path = path;
    this.out = out;
    length = out.getPos();
  }

  /** Starts a new file, in the place of whatever is there. */
  public static MetricsFile create(FileSystem fs, Path path) throws IOException {
    FileSystem plain = RunFiles.plain(fs);
    return new MetricsFile(plain, path, plain.create(path, true));
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
    return new MetricsFile(
        RunFiles.plain(fs),
        path,
        MetricsHistory.keepUntil(fs, path, resumeFromStep, validatesAgain));
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
    if (waiting.size() > 0) {
      writeWaiting();
    }
    if (out != null) {
      out.close();
    }
  }

  private void write(ObjectNode line) throws IOException {
    waiting.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      writeWaiting();
    } catch (IOException e) {
      if (waiting.size() > MOST_WAITING_BYTES) {
        throw e;
      }
      LOG.warn("{} bytes of {} wait to be written", waiting.size(), path, e);
    }
  }

  private void writeWaiting() throws IOException {
    try {
      if (out == null) {
        fs.truncate(path, length);
        out = fs.append(path);
      }
      waiting.writeTo(out);
      out.hflush();
      length += waiting.size();
      waiting.reset();
    } catch (FSError e) { // so Hadoop tells of a full disk of this machine
      abandon();
      throw new IOException(path + " cannot be written: " + e.getMessage(), e);
    } catch (IOException e) {
      abandon();
      throw e;
    }
  }

  private void abandon() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException | FSError e) {
      LOG.debug("{} could not be closed either", path, e);
    }
    out = null;
  }
}
