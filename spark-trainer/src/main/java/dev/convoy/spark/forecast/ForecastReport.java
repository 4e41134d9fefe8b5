package dev.convoy.spark.forecast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A forecast for people and programs.
 *
 * @param points in ascending order of executors
 */
public record ForecastReport(Profile profile, Link link, int batch, List<Point> points) {
  private static final MathContext DIGITS = new MathContext(5);
  private static final double MEGA = 1e6;
  private static final double MILLI = 1e-3;

  public ForecastReport {
    points = List.copyOf(points);
  }

  /** Returns what the forecast is of, a line each. */
  public List<String> head() {
    return List.of(
        String.format(
            Locale.ROOT,
            "network    %s, images %s, %,d floats; batch %d, %d images a virtual node",
            profile.network(),
            profile.input(),
            profile.floats(),
            batch,
            profile.microbatch()),
        String.format(
            Locale.ROOT,
            "executors  %s of the cores of: %s, measured %s",
            profile.threads(),
            profile.machine(),
            profile.date()),
        String.format(
            Locale.ROOT,
            "link       %s Gbit/s in each direction, %s us",
            rounded(link.bytesPerSecond() * Byte.SIZE / 1e9),
            rounded(link.latency() * 1e6)));
  }

  /** Returns a table: its head, then a line for each number of executors. */
  public List<List<String>> table() {
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of(
            "limit",
            "executors",
            "images/s",
            "efficiency",
            "step ms",
            "waits ms",
            "hidden ms",
            "MB a step",
            "core-hours",
            "days"));
    for (Point point : points) {
      table.add(
          List.of(
              point.limit().toString(),
              Integer.toString(point.executors()),
              decimal("%,.1f", point.imagesPerSecond()),
              decimal("%.3f", point.efficiency()),
              decimal("%,.1f", point.step() / MILLI),
              decimal("%,.1f", point.waited() / MILLI),
              decimal("%,.1f", point.hidden() / MILLI),
              decimal("%,.1f", point.bytes() / MEGA),
              decimal("%,.1f", point.coreHours()),
              decimal("%,.2f", point.days())));
    }
    return table;
  }

  private static String decimal(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  /** Returns one line of JSON. */
  public String json() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("network", profile.network()).put("input", profile.input());
    json.put("batch", batch).put("microbatch", profile.microbatch());
    json.put("threads", profile.threads());
    json.put("machine", profile.machine()).put("measured", profile.date());
    json.put("bits_per_s", rounded(link.bytesPerSecond() * Byte.SIZE));
    json.put("latency_s", rounded(link.latency()));
    ArrayNode array = json.putArray("points");
    for (Point point : points) {
      array
          .addObject()
          .put("executors", point.executors())
          .put("images_per_s", rounded(point.imagesPerSecond()))
          .put("efficiency", rounded(point.efficiency()))
          .put("step_ms", rounded(point.step() / MILLI))
          .put("waited_ms", rounded(point.waited() / MILLI))
          .put("hidden_ms", rounded(point.hidden() / MILLI))
          .put("limit", point.limit().toString())
          .put("bytes_per_step", Math.round(point.bytes()))
          .put("core_hours", rounded(point.coreHours()))
          .put("days", rounded(point.days()));
    }
    return mapper.writeValueAsString(json);
  }

  /** Returns the number, or null if it is none. */
  private static BigDecimal rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString())
        : null;
  }
}
