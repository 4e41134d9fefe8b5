package dev.convoy.spark.bench;

import dev.convoy.spark.telemetry.TimeShares;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What the timed steps took.
 *
 * @param millis wall time of each step
 * @param shares of each step, by phase
 * @param lastLoss of the last step
 * @param otherCores that other processes kept busy meanwhile; above about 0.2, measure again
 */
public record Measurement(
    double[] millis, TimeShares[] shares, double lastLoss, double otherCores) {

  /** Median, slowest and fastest rate, for {@code work} units done in each step. */
  Map<String, Double> perSecond(double work) {
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put("median", work * 1e3 / median(DoubleStream.of(millis)));
    rates.put("min", work * 1e3 / DoubleStream.of(millis).max().orElseThrow());
    rates.put("max", work * 1e3 / DoubleStream.of(millis).min().orElseThrow());
    return rates;
  }

  /** Median time of each phase, in milliseconds of wall time. */
  Map<String, Double> partMillis() {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("data", median(TimeShares::data));
    parts.put("forward", median(TimeShares::forward));
    parts.put("backward", median(TimeShares::backward));
    parts.put("sum", median(TimeShares::communication));
    parts.put("update", median(TimeShares::update));
    return parts;
  }

  private double median(ToDoubleFunction<TimeShares> share) {
    return median(
        IntStream.range(0, millis.length)
            .mapToDouble(i -> share.applyAsDouble(shares[i]) * millis[i]));
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.toArray();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
