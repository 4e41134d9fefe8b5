package dev.convoy.spark.bench;

import dev.convoy.train.TimeShares;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the timed steps took.
 *
 * @param timing of the steps
 * @param shares of each step, by phase
 * @param lastLoss of the last step
 */
public record Measurement(Timing timing, List<TimeShares> shares, double lastLoss) {
  /** Returns the median time of each phase, in milliseconds of wall time. */
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
    double[] millis = timing.millis();
    return Timing.median(
        IntStream.range(0, millis.length)
            .mapToDouble(i -> share.applyAsDouble(shares.get(i)) * millis[i])
            .toArray());
  }
}
