package dev.convoy.spark.telemetry;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.spark.storage.RunFiles;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * {@code run.json}: what a run was and how it ended. It is written when the run starts, and again
 * when it ends.
 *
 * @param configuration the resolved configuration, a JSON object
 * @param data which data it has
 * @param started of the first attempt
 * @param ended null while it runs
 * @param finalMetrics of the last validation; null if there was none
 * @param weightsSha256 64 hex digits; null unless it is done
 * @param end what was the end of it, where that was not the last step; null if there is nothing to
 *     say
 */
public record RunRecord(
    JsonNode configuration,
    Versions versions,
    DataIdentity data,
    long seed,
    int executors,
    Instant started,
    Instant ended,
    Outcome outcome,
    ValidationMetrics finalMetrics,
    String weightsSha256,
    End end) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEIGHTS_SHA256 = "weights_sha256";
  private static final String TRAINING = "data_fingerprint";
  private static final String VALIDATION = "validation_fingerprint";
  private static final String CLASSES = "classes";

  public RunRecord {
    Objects.requireNonNull(configuration);
    Objects.requireNonNull(versions);
    Objects.requireNonNull(data);
    Objects.requireNonNull(started);
    Objects.requireNonNull(outcome);
  }

  /**
   * Returns a run that starts now.
   *
   * @throws IllegalArgumentException if {@code configurationJson} is no JSON
   */
  public static RunRecord running(
      String configurationJson,
      Versions versions,
      DataIdentity data,
      long seed,
      int executors,
      Instant started) {
    try {
      return new RunRecord(
          JSON.readTree(configurationJson),
          versions,
          data,
          seed,
          executors,
          started,
          null,
          Outcome.RUNNING,
          null,
          null,
          null);
    } catch (IOException e) {
      throw new IllegalArgumentException("the configuration of a run must be JSON", e);
    }
  }

  /**
   * The end of a run that was not the last step.
   *
   * @param reason one sentence
   * @param step where it was noticed; null if that has no meaning
   * @param tensor the first one that is not finite; null if it is none
   */
  public record End(String reason, Long step, String tensor) {
    public End(String reason) {
      this(reason, null, null);
    }
  }

  /** Returns the same run, ended with its last step. */
  public RunRecord ended(
      Instant when, Outcome how, ValidationMetrics finalMetrics, String weightsSha256) {
    return ended(when, how, finalMetrics, weightsSha256, null);
  }

  /** Returns the same run, ended. */
  public RunRecord ended(
      Instant when, Outcome how, ValidationMetrics finalMetrics, String weightsSha256, End end) {
    return new RunRecord(
        configuration,
        versions,
        data,
        seed,
        executors,
        started,
        when,
        how,
        finalMetrics,
        weightsSha256,
        end);
  }

  /** Puts the record at {@code path}, in the place of an earlier one, atomically. */
  public void write(FileSystem fs, Path path) throws IOException {
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(toJson());
    RunFiles.replace(
        fs,
        path,
        out -> {
          out.write(json);
          out.write('\n');
        });
  }

  /**
   * What the record of an earlier start says.
   *
   * @param configuration the resolved configuration, as JSON
   * @param data which data it had
   * @param finishedWeights SHA-256 of the weights, if that run is done
   * @param endedUntold whether its process was gone before it could say how it ended
   */
  public record Earlier(
      String configuration,
      DataIdentity data,
      Optional<String> finishedWeights,
      boolean endedUntold) {}

  /** Reads the record at {@code path}. */
  public static Earlier read(FileSystem fs, Path path) throws IOException {
    try (InputStream in = fs.open(path)) {
      JsonNode record = JSON.readTree(in);
      String outcome = record.path("outcome").asText();
      boolean done = outcome.equals(Outcome.DONE.word());
      return new Earlier(
          record.path("configuration").toString(),
          new DataIdentity(
              record.path(TRAINING).asText(),
              record.path(VALIDATION).asText(),
              JSON.convertValue(record.withArray(CLASSES), new TypeReference<>() {})),
          done ? Optional.of(record.path(WEIGHTS_SHA256).asText()) : Optional.empty(),
          outcome.equals(Outcome.RUNNING.word()));
    }
  }

  private ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("outcome", outcome.word());
    json.put("started", started.toString());
    json.put("ended", ended == null ? null : ended.toString());
    if (end != null) {
      json.put("reason", end.reason());
      if (end.step() != null) {
        json.put("step", end.step());
      }
      if (end.tensor() != null) {
        json.put("tensor", end.tensor());
      }
    }
    json.put("executors", executors);
    json.put("seed", seed);
    json.put(TRAINING, data.training());
    json.put(VALIDATION, data.validation());
    json.set(CLASSES, JSON.valueToTree(data.classNames()));
    json.put(WEIGHTS_SHA256, weightsSha256);
    json.set("final_metrics", finalMetrics == null ? null : MetricsJson.of(finalMetrics));
    json.set("versions", JSON.valueToTree(versions));
    json.set("configuration", configuration);
    return json;
  }
}
