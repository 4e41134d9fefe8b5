package dev.convoy.kernel.reference;

import dev.convoy.kernel.PeakLoop;

/** Twelve chains of scalar multiply-adds. */
final class ReferencePeakLoop implements PeakLoop {
  private static final int CHAINS = 12;

  /**
   * With this factor and addend every chain converges to one, without overflow or subnormal
   * numbers.
   */
  private static final float HALF = 0.5f;

  @Override
  public float run(int rounds) {
    float a0 = HALF;
    float a1 = 1f;
    float a2 = 2f;
    float a3 = 3f;
    float a4 = 4f;
    float a5 = 5f;
    float a6 = 6f;
    float a7 = 7f;
    float a8 = 8f;
    float a9 = 9f;
    float a10 = 10f;
    float a11 = 11f;
    for (int i = 0; i < rounds; i++) {
      a0 = Math.fma(a0, HALF, HALF);
      a1 = Math.fma(a1, HALF, HALF);
      a2 = Math.fma(a2, HALF, HALF);
      a3 = Math.fma(a3, HALF, HALF);
      a4 = Math.fma(a4, HALF, HALF);
      a5 = Math.fma(a5, HALF, HALF);
      a6 = Math.fma(a6, HALF, HALF);
      a7 = Math.fma(a7, HALF, HALF);
      a8 = Math.fma(a8, HALF, HALF);
      a9 = Math.fma(a9, HALF, HALF);
      a10 = Math.fma(a10, HALF, HALF);
      a11 = Math.fma(a11, HALF, HALF);
    }
    return a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11;
  }

  @Override
  public int operationsPerRound() {
    return 2 * CHAINS;
  }
}
