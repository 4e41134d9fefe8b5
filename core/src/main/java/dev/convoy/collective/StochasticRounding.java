package dev.convoy.collective;

import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;

/**
 * Rounds the sums of the summation tree to bfloat16 from a level upward: the sums of {@code unit}
 * consecutive virtual nodes and those of all inner nodes above them, but not the total, which stays
 * with its owner. It rounds stochastically, so that no sum is biased, with random numbers that are
 * a function of the seed, the step, the node of the tree and the element: the same for every number
 * of ranks.
 *
 * <p>Four elements share a draw of 64 bits, 16 bits each, the lowest first.
 */
public final class StochasticRounding implements Rounding {
  private final long key;
  private final int nodes;
  private final int unit;
  private long stepKey;

  /**
   * @param nodes number of virtual nodes, a power of two
   * @param unit virtual nodes of the lowest sums that are rounded, a power of two
   */
  public StochasticRounding(long seed, int nodes, int unit) {
    key = CounterRandom.key(seed, RandomStream.GRADIENT_ROUNDING);
    this.nodes = nodes;
    this.unit = unit;
    step(0);
  }

  private StochasticRounding(StochasticRounding other) {
    key = other.key;
    nodes = other.nodes;
    unit = other.unit;
    stepKey = other.stepKey;
  }

  @Override
  public Rounding copy() {
    return new StochasticRounding(this);
  }

  @Override
  public void step(long number) {
    stepKey = CounterRandom.derive(key, number);
  }

  @Override
  public void round(float[] values, int at, int length, int element, int first, int size) {
    if (size < unit || size == nodes) {
      return;
    }
    // Numbers the tree's inner nodes like a heap: 1 is the root, node k has 2 k and 2 k + 1 below.
    long nodeKey = CounterRandom.derive(stepKey, nodes / size + first / size);
    int i = 0;
    while (i < length && (element + i) % 4 != 0) {
      values[at + i] = rounded(values[at + i], nodeKey, element + i);
      i++;
    }
    for (; i <= length - 4; i += 4) {
      long bits = CounterRandom.bits(nodeKey, (element + i) / 4);
      int p = at + i;
      values[p] = Bfloat16.stochastic(values[p], (int) (bits & 0xffff));
      values[p + 1] = Bfloat16.stochastic(values[p + 1], (int) ((bits >>> 16) & 0xffff));
      values[p + 2] = Bfloat16.stochastic(values[p + 2], (int) ((bits >>> 32) & 0xffff));
      values[p + 3] = Bfloat16.stochastic(values[p + 3], (int) (bits >>> 48));
    }
    for (; i < length; i++) {
      values[at + i] = rounded(values[at + i], nodeKey, element + i);
    }
  }

  /** Returns one element rounded: the definition. */
  static float rounded(float value, long nodeKey, int element) {
    long bits = CounterRandom.bits(nodeKey, element / 4);
    int shift = 16 * (element % 4);
    return Bfloat16.stochastic(value, (int) ((bits >>> shift) & 0xffff));
  }
}
