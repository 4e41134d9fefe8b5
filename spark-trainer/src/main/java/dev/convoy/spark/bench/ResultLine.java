package dev.convoy.spark.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.kernel.Kernels;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * A measurement as one line of JSON: the fields that every measurement begins and ends with, and
 * those of its own.
 */
final class ResultLine {
  /** Enough to compare, few enough to read. */
  private static final MathContext DIGITS = new MathContext(5);

  private final Map<String, Object> line = new LinkedHashMap<>();

  /**
   * Begins with the engine.
   *
   * @param version of Convoy
   */
  ResultLine(String version) {
    line.put("engine", "convoy");
    line.put("version", version);
  }

  /** Adds the kernels and the number of threads that run them. */
  ResultLine ranBy(Kernels kernels, int threads) {
    line.put("threads", threads);
    line.put("kernels", kernels.name() + " (" + kernels.description() + ")");
    line.put("winograd", kernels.winograd() ? "on" : "off");
    line.put("format", "nhwc");
    return this;
  }

  /** Adds a name. */
  ResultLine put(String key, String value) {
    line.put(key, value);
    return this;
  }

  /** Adds a count. */
  ResultLine put(String key, long value) {
    line.put(key, value);
    return this;
  }

  /** Adds a measured number. */
  ResultLine put(String key, double value) {
    line.put(key, rounded(value));
    return this;
  }

  /** Adds measured numbers by name. */
  ResultLine put(String key, Map<String, Double> values) {
    Map<String, BigDecimal> all = new LinkedHashMap<>();
    values.forEach((name, value) -> all.put(name, rounded(value)));
    line.put(key, all);
    return this;
  }

  /** Adds measured numbers in order. */
  ResultLine put(String key, double[] values) {
    List<BigDecimal> all = DoubleStream.of(values).mapToObj(ResultLine::rounded).toList();
    line.put(key, all);
    return this;
  }

  private static BigDecimal rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS) : null;
  }

  /** Returns the line, ended with what of the machine and its settings changes how fast this is. */
  String json() throws JsonProcessingException {
    Map<String, String> environment = new TreeMap<>();
    environment.put("java", System.getProperty("java.version"));
    environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    Optional.ofNullable(System.getenv("JAVA_TOOL_OPTIONS"))
        .ifPresent(options -> environment.put("JAVA_TOOL_OPTIONS", options));
    line.put("env", environment);
    return new ObjectMapper().writeValueAsString(line);
  }
}
