package dev.convoy.spark.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * How long repeated steps took.
 *
 * @param millis wall time of each
 * @param otherCores that other processes kept busy meanwhile; above about 0.2, measure again
 */
public record Timing(double[] millis, double otherCores) {
  /** What is timed. */
  @FunctionalInterface
  interface Step {
    /** Takes step number {@code index}, from 0, those of the warm-up included. */
    void take(int index) throws Exception;
  }

  /** Takes steps that are not timed, then those that are. */
  static Timing of(int warmUp, int steps, Step step) throws Exception {
    for (int i = 0; i < warmUp; i++) {
      step.take(i);
    }
    double[] millis = new double[steps];
    CpuTime begin = CpuTime.now();
    for (int i = 0; i < steps; i++) {
      long start = System.nanoTime();
      step.take(warmUp + i);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return new Timing(millis, CpuTime.now().othersSince(begin));
  }

  /** Median, slowest and fastest rate, for {@code work} units done in each step. */
  Map<String, Double> perSecond(double work) {
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put("median", work * 1e3 / median(millis));
    rates.put("min", work * 1e3 / DoubleStream.of(millis).max().orElseThrow());
    rates.put("max", work * 1e3 / DoubleStream.of(millis).min().orElseThrow());
    return rates;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
