package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.spark.forecast.ExchangeTimes;
import dev.convoy.spark.forecast.Profile;
import dev.convoy.spark.forecast.Segment;
import dev.convoy.spark.forecast.StepTimes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convoy forecast}, as a user calls it, with a measurement that is made up. */
class ForecastCommandTest {
  private static final String CONF = "../conf/lenet5-fashion-mnist.conf";
  private static final int FLOATS = 68_096;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path profile;

  @BeforeEach
  void keepAProfile() throws Exception {
    profile = folder.resolve("profile.json");
    write(
        new Profile(
            1,
            "a machine",
            "2026-01-01",
            "lenet5-modern",
            "32x32x1",
            FLOATS,
            16,
            1,
            "scalar",
            times(1),
            times(8),
            new ExchangeTimes(2e-5, 1e-9, 1e-9, 1e-10)));
  }

  /** A second for each virtual node: half of it forward, half backward. */
  private static StepTimes times(int nodes) {
    return new StepTimes(
        nodes, 0, List.of(new Segment(FLOATS, nodes / 2.0)), List.of(new Segment(0, nodes / 2.0)));
  }

  private void write(Profile made) throws Exception {
    Files.writeString(profile, new ObjectMapper().writeValueAsString(made));
  }

  private int forecast(String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = new ArrayList<>(List.of("forecast", CONF));
    words.addAll(List.of(options));
    return Convoy.commandLine(Commands.all())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(words.toArray(String[]::new));
  }

  private void assertRefused(String says, String... options) {
    assertEquals(2, forecast(options), err.toString());
    assertTrue(err.toString().contains(says), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertEquals("", out.toString());
  }

  private JsonNode json(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("--profile", profile.toString(), "--json"));
    words.addAll(List.of(options));
    assertEquals(0, forecast(words.toArray(String[]::new)), err.toString());
    assertEquals(1, out.toString().lines().count(), out.toString());
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void anIdealStepIsDividedByTheExecutors() throws Exception {
    JsonNode forecast = json("--executors", "1..8", "--images", "60000");
    assertEquals(4, forecast.get("points").size());
    JsonNode one = forecast.at("/points/0");
    assertEquals(8000, one.get("step_ms").asDouble(), 1);
    assertEquals(16, one.get("images_per_s").asDouble(), 0.01);
    assertEquals(0, one.get("bytes_per_step").asLong());
    // 4,680 steps of eight seconds.
    assertEquals(4680 * 8 / 3600.0, one.get("core_hours").asDouble(), 0.01);
    assertEquals(4680 * 8 / 86_400.0, one.get("days").asDouble(), 0.001);
    JsonNode eight = forecast.at("/points/3");
    assertEquals(1, eight.get("efficiency").asDouble(), 0.01);
    assertEquals("compute", eight.get("limit").asText());
    assertEquals(Math.round(2 * 4 * FLOATS * 7 / 8.0), eight.get("bytes_per_step").asLong());
  }

  @Test
  void whatLimitsIsNamed() throws Exception {
    assertEquals(
        "bandwidth",
        json("--executors", "8", "--bandwidth", "1mbit").at("/points/0/limit").asText());
    assertEquals(
        "latency", json("--executors", "8", "--latency", "1s").at("/points/0/limit").asText());
    JsonNode uneven = json("--executors", "3,5").at("/points");
    assertEquals("virtual nodes", uneven.at("/0/limit").asText());
    // The slowest of five has two of eight nodes.
    assertEquals(2000, uneven.at("/1/step_ms").asDouble(), 1);
  }

  @Test
  void aTableAndAPlotAreForPeople() throws Exception {
    Path plot = folder.resolve("plot.svg");
    assertEquals(
        0, forecast("--profile", profile.toString(), "--svg", plot.toString()), err.toString());
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.get(0).startsWith("network    lenet5-modern"), out.toString());
    assertTrue(lines.get(1).contains("a machine, measured 2026-01-01"), out.toString());
    assertTrue(lines.get(2).contains("10 Gbit/s"), out.toString());
    assertEquals(3 + 1 + 1 + 4, lines.size());
    // The number of images in an epoch was not given.
    assertTrue(lines.get(5).endsWith("-"), out.toString());
    assertTrue(Files.readString(plot).startsWith("<svg "), Files.readString(plot));
    assertTrue(Files.readString(plot).strip().endsWith("</svg>"), Files.readString(plot));
  }

  @Test
  void withoutAMeasurementItSaysWhatToRun() {
    String missing = folder.resolve("none.json").toString();
    assertRefused(
        "there is no measurement "
            + missing
            + "; run first, on a machine like the executors: convoy forecast "
            + CONF
            + " --profile "
            + missing
            + " --measure",
        "--profile",
        missing);
  }

  @Test
  void aMeasurementOfSomethingElseIsRefused() throws Exception {
    assertRefused(
        "images of a virtual node are 16 there and 8 here",
        "--profile",
        profile.toString(),
        "--set",
        "train.batch-size=64");
    assertRefused(
        "cores of an executor are 1 there and 3 here",
        "--profile",
        profile.toString(),
        "--set",
        "cluster.cores-per-executor=3");
    Files.writeString(profile, "{\"format\": 7}");
    assertRefused("is no measurement of this version", "--profile", profile.toString());
    Files.writeString(profile, "{");
    assertRefused("is no measurement of this version", "--profile", profile.toString());
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertRefused("--executors 1..9 is invalid: each of 9", "--executors", "1..9");
    assertRefused("--executors x is invalid: expected", "--executors", "x");
    assertRefused("--bandwidth 10 is invalid: expected", "--bandwidth", "10");
    assertRefused("--latency soon is invalid: expected", "--latency", "soon");
    assertRefused("--images 0 is invalid: expected", "--images", "0");
    assertRefused("sync.mode = averaging is not forecast", "--set", "sync.mode=averaging");
    assertRefused(
        "cluster.cores-per-executor = 1000, but this machine has",
        "--measure",
        "--set",
        "cluster.cores-per-executor=1000");
    assertRefused(
        "cannot be written",
        "--profile",
        profile.toString(),
        "--svg",
        folder.resolve("no/such/folder.svg").toString());
  }
}
