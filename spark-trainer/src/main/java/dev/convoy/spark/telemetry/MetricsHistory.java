package dev.convoy.spark.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.spark.storage.RunFiles;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Cuts {@code metrics.jsonl} back to the step from which a run resumes. */
final class MetricsHistory {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How a line begins, and none goes on. */
  private static final String BEGINNING = "{\"step\":";

  private MetricsHistory() {}

  /**
   * Drops the lines of steps after {@code step} and an unfinished last line, and returns the stream
   * that goes on behind them.
   *
   * <p>The file is always replaced, even if nothing is dropped: on HDFS a driver that was killed
   * still holds the old file's lease, and a minute would pass before it could be appended to.
   */
  static FSDataOutputStream keepUntil(FileSystem fs, Path path, long step, boolean validatesAgain)
      throws IOException {
    FileSystem plain = RunFiles.plain(fs);
    byte[] kept = linesUntil(plain, path, step, validatesAgain);
    RunFiles.replace(fs, path, out -> out.write(kept));
    try {
      return plain.append(path);
    } catch (UnsupportedOperationException e) {
      // An object store: what is created appears, whole, when it is closed; until then the file
      // that was just written remains.
      FSDataOutputStream out = plain.create(path, true);
      out.write(kept);
      return out;
    }
  }

  /** Returns the newest validation that a file tells of, or null. */
  static ValidationMetrics lastValidation(FileSystem fs, Path path) throws IOException {
    ValidationMetrics last = null;
    byte[] lines = linesUntil(RunFiles.plain(fs), path, Long.MAX_VALUE, false);
    for (String line : new String(lines, StandardCharsets.UTF_8).lines().toList()) {
      JsonNode json = JSON.readTree(line);
      if (isValidation(json)) {
        last = MetricsJson.validation(json);
      }
    }
    return last;
  }

  private static byte[] linesUntil(FileSystem fs, Path path, long step, boolean validatesAgain)
      throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    // To the end of the stream, not to the file's length: HDFS does not count what was flushed to
    // a file that nobody has closed.
    try (InputStream in = fs.open(path)) {
      byte[] all = in.readAllBytes();
      int start = 0;
      for (int i = 0; i < all.length; i++) {
        if (all[i] == '\n') {
          String line = wholePart(new String(all, start, i - start, StandardCharsets.UTF_8));
          if (!line.isEmpty() && isKept(path, line, step, validatesAgain)) {
            kept.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
          }
          start = i + 1;
        }
      }
    } catch (FileNotFoundException e) {
      return new byte[0];
    }
    return kept.toByteArray();
  }

  private static boolean isKept(Path path, String line, long step, boolean validatesAgain)
      throws IOException {
    JsonNode json = parsed(path, line);
    long at = stepOf(path, json);
    boolean again = validatesAgain && at == step && isValidation(json);
    return at <= step && !again;
  }

  /**
   * Returns a line without what a full disk has left of it before it was written once more, which
   * may be all of it.
   */
  private static String wholePart(String line) {
    int lastBeginning = line.lastIndexOf(BEGINNING);
    if (lastBeginning < 0 || (lastBeginning == 0 && line.endsWith("}"))) {
      return line;
    }
    String last = line.substring(lastBeginning);
    return isJson(last) ? last : "";
  }

  private static boolean isJson(String line) {
    try {
      return JSON.readTree(line).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static JsonNode parsed(Path path, String line) throws IOException {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException(path + " has a line that is no JSON object: " + line, e);
    }
  }

  private static boolean isValidation(JsonNode line) {
    return line.path("phase").asText().equals("validate");
  }

  private static long stepOf(Path path, JsonNode line) throws IOException {
    JsonNode step = line.path("step");
    if (!step.isIntegralNumber()) {
      throw new IOException(path + " has a line without a step: " + line);
    }
    return step.asLong();
  }
}
