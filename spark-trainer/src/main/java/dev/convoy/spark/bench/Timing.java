package dev.convoy.spark.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
  static Timing of(Span warmUp, Span timed, Step step) throws Exception {
    int done = 0;
    for (long start = System.nanoTime(); warmUp.goesOn(done, start); done++) {
      step.take(done);
    }
    List<Double> millis = new ArrayList<>();
    CpuTime begin = CpuTime.now();
    for (long start = System.nanoTime(); timed.goesOn(millis.size(), start); ) {
      long now = System.nanoTime();
      step.take(done + millis.size());
      millis.add((System.nanoTime() - now) / 1e6);
    }
    double otherCores = CpuTime.now().othersSince(begin);
    return new Timing(millis.stream().mapToDouble(each -> each).toArray(), otherCores);
  }

  /** Returns the median, slowest and fastest rate, for {@code work} units done in each step. */
  Map<String, Double> perSecond(double work) {
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put("median", work * 1e3 / median(millis));
    rates.put("min", work * 1e3 / DoubleStream.of(millis).max().orElseThrow());
    rates.put("max", work * 1e3 / DoubleStream.of(millis).min().orElseThrow());
    return rates;
  }

  /** Returns the median, the least and the greatest of {@code values}. */
  static Map<String, Double> summary(double[] values) {
    Map<String, Double> summary = new LinkedHashMap<>();
    summary.put("median", median(values));
    summary.put("min", DoubleStream.of(values).min().orElseThrow());
    summary.put("max", DoubleStream.of(values).max().orElseThrow());
    return summary;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
