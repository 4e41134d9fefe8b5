package dev.convoy.kernel.vector;

import dev.convoy.kernel.PeakLoop;
import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * Twelve chains of vector multiply-adds: enough to hide a latency of four cycles on two units, and
 * few enough for sixteen registers.
 */
final class VectorPeakLoop implements PeakLoop {
  private static final int CHAINS = 12;

  /**
   * With this factor and addend every chain converges to one, without overflow or subnormal
   * numbers.
   */
  private static final float HALF = 0.5f;

  @Override
  public float run(int rounds) {
    FloatVector half = FloatVector.broadcast(Lanes.SPECIES, HALF);
    FloatVector a0 = half;
    FloatVector a1 = half.mul(1f);
    FloatVector a2 = half.mul(2f);
    FloatVector a3 = half.mul(3f);
    FloatVector a4 = half.mul(4f);
    FloatVector a5 = half.mul(5f);
    FloatVector a6 = half.mul(6f);
    FloatVector a7 = half.mul(7f);
    FloatVector a8 = half.mul(8f);
    FloatVector a9 = half.mul(9f);
    FloatVector a10 = half.mul(10f);
    FloatVector a11 = half.mul(11f);
    for (int i = 0; i < rounds; i++) {
      a0 = a0.fma(half, half);
      a1 = a1.fma(half, half);
      a2 = a2.fma(half, half);
      a3 = a3.fma(half, half);
      a4 = a4.fma(half, half);
      a5 = a5.fma(half, half);
      a6 = a6.fma(half, half);
      a7 = a7.fma(half, half);
      a8 = a8.fma(half, half);
      a9 = a9.fma(half, half);
      a10 = a10.fma(half, half);
      a11 = a11.fma(half, half);
    }
    FloatVector sum =
        a0.add(a1)
            .add(a2)
            .add(a3)
            .add(a4)
            .add(a5)
            .add(a6)
            .add(a7)
            .add(a8)
            .add(a9)
            .add(a10)
            .add(a11);
    return sum.lane(0);
  }

  @Override
  public int operationsPerRound() {
    return 2 * CHAINS * Lanes.COUNT;
  }
}
