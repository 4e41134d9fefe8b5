package dev.convoy.spark.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A measurement as one line of JSON. */
public final class BenchResult {
  /** Enough to compare, few enough to read. */
  private static final MathContext DIGITS = new MathContext(5);

  private static final double GIGA = 1e9;

  private BenchResult() {}

  /**
   * The line.
   *
   * @param version of Convoy
   * @param kernels their name and description
   */
  public static String json(BenchPlan plan, Measurement measured, String version, String kernels)
      throws JsonProcessingException {
    double macs = plan.network().multiplyAdds();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("engine", "convoy");
    line.put("version", version);
    line.put("net", plan.network().name());
    line.put("params", plan.network().trainable());
    line.put("batch", plan.batch());
    line.put("threads", plan.threads());
    line.put("virtual_nodes", plan.virtualNodes());
    line.put("kernels", kernels);
    line.put("format", "nhwc");
    line.put("images_per_s", rounded(measured.perSecond(plan.batch())));
    line.put("gmacs_per_image", rounded(macs / GIGA));
    // A multiply-add is two operations; a training step costs about three forward passes.
    line.put("train_gflops_per_s", rounded(measured.perSecond(6 * macs * plan.batch() / GIGA)));
    line.put("step_ms", Arrays.stream(measured.millis()).mapToObj(BenchResult::rounded).toList());
    line.put("part_ms", rounded(measured.partMillis()));
    line.put("last_loss", rounded(measured.lastLoss()));
    line.put("other_cores", rounded(measured.otherCores()));
    line.put("env", environment());
    return new ObjectMapper().writeValueAsString(line);
  }

  private static Map<String, BigDecimal> rounded(Map<String, Double> values) {
    return values.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> rounded(entry.getValue()),
                (first, second) -> first,
                LinkedHashMap::new));
  }

  private static BigDecimal rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS) : null;
  }

  /** What of the machine and its settings changes how fast this is. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("java", System.getProperty("java.version"));
    environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    Optional.ofNullable(System.getenv("JAVA_TOOL_OPTIONS"))
        .ifPresent(options -> environment.put("JAVA_TOOL_OPTIONS", options));
    return environment;
  }
}
