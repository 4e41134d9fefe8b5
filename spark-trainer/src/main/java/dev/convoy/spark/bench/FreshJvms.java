package dev.convoy.spark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Repeats a measurement in JVMs of their own, one after another, each started as this one was: the
 * just-in-time compiler decides anew in each, and may decide worse.
 */
public final class FreshJvms {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FreshJvms() {}

  /**
   * Runs a command that prints one line of JSON with {@code images_per_s}, so many times.
   *
   * @param main class
   * @param arguments of the command
   * @return what the first run said of network, batch and threads; the median and the slowest of
   *     the runs' medians, their ratio, and all of them
   * @throws IOException if a run fails
   */
  public static String run(Class<?> main, List<String> arguments, int count)
      throws IOException, InterruptedException {
    double[] rates = new double[count];
    double[] others = new double[count];
    ObjectNode line = JSON.createObjectNode();
    for (int i = 0; i < count; i++) {
      JsonNode measured = JSON.readTree(output(main, arguments));
      rates[i] = measured.at("/images_per_s/median").asDouble();
      others[i] = measured.path("other_cores").asDouble();
      if (i == 0) {
        for (String key : List.of("engine", "version", "net", "batch", "threads", "kernels")) {
          line.set(key, measured.path(key));
        }
        line.put("java", System.getProperty("java.version"));
      }
    }
    double median = Timing.median(rates);
    double slowest = Arrays.stream(rates).min().orElseThrow();
    ObjectNode summary = line.put("jvms", count).putObject("images_per_s");
    summary
        .put("median", median)
        .put("min", slowest)
        .put("max", Arrays.stream(rates).max().orElse(0));
    line.put("slowest_over_median", slowest / median);
    line.set("runs", JSON.valueToTree(rates));
    line.put("other_cores", Arrays.stream(others).max().orElse(0));
    return JSON.writeValueAsString(line);
  }

  private static String output(Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    try (ChildJvm jvm = ChildJvm.start(main, arguments)) {
      return jvm.awaitEnd();
    }
  }
}
