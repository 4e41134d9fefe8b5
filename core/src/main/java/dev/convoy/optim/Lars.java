package dev.convoy.optim;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Layer-wise adaptive rate scaling (You, Gitman and Ginsburg 2017, algorithm 1): {@code v =
 * momentum * v + rate * ratio * (gradient + decay * w); w = w - v}, where a layer's {@code ratio =
 * trust * |w| / (|gradient| + decay * |w|)} in the Euclidean norm. For parameters of one dimension,
 * which are biases and the scales of batch normalization, and where a norm is zero, the ratio is 1.
 *
 * <p>Squares are added in blocks of {@link #BLOCK} floats, counted from the beginning of the flat
 * vector and cut where a parameter ends: four chains, the l-th over the elements i with i mod 4 =
 * l, then (0+1)+(2+3). The blocks' sums, two for each block, are added in order in double
 * precision.
 */
final class Lars implements Optimizer {
  static final OptimizerFactory FACTORY =
      new OptimizerFactory(
          "lars",
          "sgd with a rate for each layer, for very large batches; its learning rates are larger",
          List.of("trust"),
          Lars::of);

  private final float momentum;
  private final float weightDecay;
  private final float decayOfVectors;
  private final float trust;
  private final ParameterRange[] ranges;

  /** The index of each range's first block, and the number of all blocks at the end. */
  private final int[] firstBlock;

  /** The trust ratio of each range, for the next update. */
  private final float[] ratios;

  /**
   * The number of floats that may be updated after one call of {@link #prepare}, and how many have
   * been.
   */
  private final long length;

  private final AtomicLong updated = new AtomicLong();

  /**
   * @param momentum of the velocity, 0 to below 1
   * @param weightDecay added to the gradient, times the weight
   * @param decayOfVectors the same, of parameters of one dimension
   * @param trust how far a step may change a layer, relative to its size
   * @param ranges the parameters of the whole vector, ascending
   */
  Lars(
      float momentum,
      float weightDecay,
      float decayOfVectors,
      float trust,
      List<ParameterRange> ranges) {
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    this.decayOfVectors = decayOfVectors;
    this.trust = trust;
    this.ranges = ranges.toArray(new ParameterRange[0]);
    ratios = new float[ranges.size()];
    firstBlock = new int[ranges.size() + 1];
    length = this.ranges[this.ranges.length - 1].to();
    updated.set(length);
    for (int p = 0; p < this.ranges.length; p++) {
      firstBlock[p + 1] = firstBlock[p] + blocks(this.ranges[p], this.ranges[p].to());
    }
  }

  private static Optimizer of(Optimizers.Settings settings, List<ParameterRange> ranges) {
    float decay = (float) settings.weightDecay();
    return new Lars(
        (float) settings.momentum(),
        decay,
        settings.decaysVectors() ? decay : 0f,
        (float) settings.trust(),
        ranges);
  }

  /** Returns how many blocks of a range lie before {@code end}, an index within it. */
  private static int blocks(ParameterRange range, int end) {
    return (end - 1) / BLOCK - range.from() / BLOCK + 1;
  }

  @Override
  public String name() {
    return FACTORY.name();
  }

  @Override
  public int sumsBefore(int at) {
    int blocks = 0;
    for (ParameterRange range : ranges) {
      if (range.from() < at) {
        blocks += blocks(range, Math.min(at, range.to()));
      }
    }
    return 2 * blocks;
  }

  @Override
  public void sum(OptimizerShard shard, int from, int to, float[] sums) {
    for (int p = 0; p < ranges.length; p++) {
      int end = Math.min(to, ranges[p].to());
      int next;
      for (int at = Math.max(from, ranges[p].from()); at < end; at = next) {
        next = Math.min((at / BLOCK + 1) * BLOCK, end);
        int block = firstBlock[p] + at / BLOCK - ranges[p].from() / BLOCK;
        int first = shard.first();
        sums[2 * block] = squares(shard.weights(), at - first, next - first, 1f);
        sums[2 * block + 1] = squares(shard.gradientSum(), at - first, next - first, shard.scale());
      }
    }
  }

  private static float squares(float[] values, int from, int to, float scale) {
    float sum0 = 0f;
    float sum1 = 0f;
    float sum2 = 0f;
    float sum3 = 0f;
    for (int i = from; i < to; i += 4) {
      float value0 = values[i] * scale;
      float value1 = values[i + 1] * scale;
      float value2 = values[i + 2] * scale;
      float value3 = values[i + 3] * scale;
      sum0 += value0 * value0;
      sum1 += value1 * value1;
      sum2 += value2 * value2;
      sum3 += value3 * value3;
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  @Override
  public void prepare(float[] sums) {
    for (int p = 0; p < ranges.length; p++) {
      double weightSquares = 0;
      double gradientSquares = 0;
      for (int block = firstBlock[p]; block < firstBlock[p + 1]; block++) {
        weightSquares += sums[2 * block];
        gradientSquares += sums[2 * block + 1];
      }
      ratios[p] =
          ranges[p].kind() == ParameterRange.Kind.WEIGHT
              ? ratio(Math.sqrt(weightSquares), Math.sqrt(gradientSquares))
              : 1f;
    }
    updated.set(0);
  }

  private float ratio(double weightNorm, double gradientNorm) {
    return weightNorm == 0 || gradientNorm == 0
        ? 1f
        : (float) (trust * weightNorm / (gradientNorm + weightDecay * weightNorm));
  }

  @Override
  public void update(OptimizerShard shard, int from, int to, float learningRate) {
    if (from < to && updated.getAndAdd((long) to - from) >= length) {
      throw new IllegalStateException(
          "lars needs the norms of all layers: call sum and prepare before the updates of each step");
    }
    for (int p = 0; p < ranges.length; p++) {
      int start = Math.max(from, ranges[p].from());
      int end = Math.min(to, ranges[p].to());
      if (start < end) {
        update(ranges[p].kind(), shard, start, end, learningRate * ratios[p]);
      }
    }
  }

  private void update(
      ParameterRange.Kind kind, OptimizerShard shard, int from, int to, float rate) {
    switch (kind) {
      case WEIGHT -> step(shard, from, to, weightDecay, rate);
      case VECTOR -> step(shard, from, to, decayOfVectors, rate);
      case STATISTIC -> Statistics.update(shard, from, to);
      case FROZEN -> {}
    }
  }

  private void step(OptimizerShard shard, int from, int to, float decay, float rate) {
    float[] weights = shard.weights();
    float[] sum = shard.gradientSum();
    float[] velocity = shard.momentum();
    float scale = shard.scale();
    int end = to - shard.first();
    for (int i = from - shard.first(); i < end; i++) {
      float gradient = sum[i] * scale + decay * weights[i];
      velocity[i] = momentum * velocity[i] + rate * gradient;
      weights[i] -= velocity[i];
    }
  }
}
