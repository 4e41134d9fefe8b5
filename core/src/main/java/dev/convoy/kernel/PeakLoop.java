package dev.convoy.kernel;

/**
 * Fused multiply-adds on registers, without loads and stores: a measure of the machine's peak
 * arithmetic, of which the speed of a kernel is a fraction.
 */
public interface PeakLoop {
  /**
   * Runs a number of rounds. The result has no meaning, but the JIT cannot leave the loop out that
   * computes it.
   */
  float run(int rounds);

  /** Returns the number of floating-point operations of a round; a multiply-add is two. */
  int operationsPerRound();
}
