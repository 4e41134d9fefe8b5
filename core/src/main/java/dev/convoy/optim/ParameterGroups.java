package dev.convoy.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gives what is trained to elementwise optimizers, one for weights and one for vectors, updates the
 * statistics itself, and leaves what is frozen.
 */
final class ParameterGroups implements Optimizer {
  private final Optimizer weights;
  private final Optimizer vectors;
  private final List<ParameterRange> ranges;

  /** Makes the groups; the two optimizers differ in their settings at most. */
  ParameterGroups(Optimizer weights, Optimizer vectors, List<ParameterRange> ranges) {
    this.weights = weights;
    this.vectors = vectors;
    this.ranges = joined(ranges);
  }

  /**
   * Makes the groups of a network's parameters under one elementwise optimizer.
   *
   * @param ofDecay the optimizer for a weight decay
   */
  static Optimizer of(
      Function<Float, Optimizer> ofDecay,
      Optimizers.Settings settings,
      List<ParameterRange> ranges) {
    float decay = (float) settings.weightDecay();
    return new ParameterGroups(
        ofDecay.apply(decay), ofDecay.apply(settings.decaysVectors() ? decay : 0f), ranges);
  }

  /** Returns the ranges with neighbours that are treated alike joined into one. */
  private List<ParameterRange> joined(List<ParameterRange> ranges) {
    List<ParameterRange> joined = new ArrayList<>();
    for (ParameterRange range : ranges) {
      boolean asWeight = range.kind() == ParameterRange.Kind.VECTOR && vectors.equals(weights);
      ParameterRange.Kind kind = asWeight ? ParameterRange.Kind.WEIGHT : range.kind();
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).kind() == kind && joined.get(last).to() == range.from()) {
        joined.set(last, new ParameterRange(joined.get(last).from(), range.to(), kind));
      } else {
        joined.add(new ParameterRange(range.from(), range.to(), kind));
      }
    }
    return joined;
  }

  @Override
  public String name() {
    return weights.name();
  }

  @Override
  public void update(OptimizerShard shard, int from, int to, float learningRate) {
    for (int i = rangeOf(from); i < ranges.size() && ranges.get(i).from() < to; i++) {
      ParameterRange range = ranges.get(i);
      int start = Math.max(from, range.from());
      int end = Math.min(to, range.to());
      if (start < end) {
        update(range.kind(), shard, start, end, learningRate);
      }
    }
  }

  /** Returns the index of the range that contains an element, or of the next one. */
  private int rangeOf(int element) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranges.get(middle).to() <= element) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void update(
      ParameterRange.Kind kind, OptimizerShard shard, int from, int to, float learningRate) {
    switch (kind) {
      case WEIGHT -> weights.update(shard, from, to, learningRate);
      case VECTOR -> vectors.update(shard, from, to, learningRate);
      case STATISTIC -> Statistics.update(shard, from, to);
      case FROZEN -> {}
    }
  }
}
