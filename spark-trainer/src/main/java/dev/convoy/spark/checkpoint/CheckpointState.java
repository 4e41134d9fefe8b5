package dev.convoy.spark.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.collective.Range;
import dev.convoy.optim.Plateau;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * {@code state.json} of a checkpoint: all that is not a tensor. Random numbers and data order are
 * pure functions of the seed and the step, so the step is the whole state of both.
 *
 * <pre>
 * { "format": 2, "step": 300, "network": "lenet5-modern", "vector_length": 63232,
 *   "weights_sha256": "…", "optimizer": [ [[0, 31744]], [[31744, 63232]] ],
 *   "plateau": { "best": 0.1, "waited": 0, "reductions": 0 }, "run": { … },
 *   "crc32c": "9d2a07c1" }
 * </pre>
 *
 * @param step steps done
 * @param network whose weights these are
 * @param vectorLength floats of the flat vector that the slices cut
 * @param weightsSha256 as {@code convoy digest} prints it
 * @param slices of the optimizer's state, for each executor those in its file
 * @param plateau what lowers the learning rate by the validations
 * @param run what defines the run, as JSON: says, wherever the folder is copied, whose checkpoint
 *     it is
 */
public record CheckpointState(
    long step,
    String network,
    int vectorLength,
    String weightsSha256,
    List<List<Range>> slices,
    Plateau.State plateau,
    String run) {
  private static final int FORMAT = 2;
  private static final String CHECKSUM = "crc32c";
  private static final ObjectMapper JSON = new ObjectMapper();

  byte[] toJson() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("step", step);
    json.put("network", network);
    json.put("vector_length", vectorLength);
    json.put("weights_sha256", weightsSha256);
    ArrayNode optimizer = json.putArray("optimizer");
    for (List<Range> owned : slices) {
      ArrayNode file = optimizer.addArray();
      owned.forEach(slice -> file.addArray().add(slice.from()).add(slice.to()));
    }
    json.putObject("plateau")
        .put("best", plateau.best())
        .put("waited", plateau.waited())
        .put("reductions", plateau.reductions());
    json.set("run", JSON.readTree(run));
    json.put(CHECKSUM, checksum(json));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  /** Returns the checksum of an object that has none yet, whatever the spaces in its file. */
  private static String checksum(ObjectNode json) {
    CRC32C checksum = new CRC32C();
    checksum.update(json.toString().getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", checksum.getValue());
  }

  /** Files of versions that wrote no checksum have none. */
  private static void requireIntact(JsonNode json, String where) throws IOException {
    if (json instanceof ObjectNode all && all.has(CHECKSUM)) {
      ObjectNode rest = all.deepCopy();
      String said = rest.remove(CHECKSUM).asText();
      if (!said.equals(checksum(rest))) {
        throw new IOException(where + " is damaged: its checksum is another one");
      }
    }
  }

  static CheckpointState read(InputStream in, String where) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(in);
    } catch (JsonProcessingException | CharConversionException e) {
      throw new IOException(where + " is damaged: it is no JSON", e);
    }
    if (json.path("format").asInt() != FORMAT) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has the format %s; this version reads format %d",
              where,
              json.path("format"),
              FORMAT));
    }
    requireIntact(json, where);
    return new CheckpointState(
        json.path("step").asLong(),
        json.path("network").asText(),
        json.path("vector_length").asInt(),
        json.path("weights_sha256").asText(),
        slices(json.path("optimizer"), where),
        plateau(json),
        json.path("run").toString());
  }

  private static List<List<Range>> slices(JsonNode files, String where) throws IOException {
    List<List<Range>> slices = new ArrayList<>();
    for (JsonNode file : files) {
      List<Range> owned = new ArrayList<>();
      for (JsonNode slice : file) {
        int from = slice.path(0).asInt();
        int to = slice.path(1).asInt();
        if (from < 0 || to < from) {
          throw new IOException(
              where + " is damaged: a slice of the optimizer's state is " + slice);
        }
        owned.add(new Range(from, to));
      }
      slices.add(owned);
    }
    return slices;
  }

  /** Returns the state of the plateau; checkpoints of versions that had no plateaus have none. */
  private static Plateau.State plateau(JsonNode json) {
    return json.has("plateau")
        ? new Plateau.State(
            json.at("/plateau/best").asDouble(),
            json.at("/plateau/waited").asInt(),
            json.at("/plateau/reductions").asInt())
        : Plateau.State.BEGINNING;
  }
}
