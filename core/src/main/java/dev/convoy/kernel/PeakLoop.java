package dev.convoy.kernel;

/**
 * Fused multiply-adds on registers alone, without a load or a store: what the machine's arithmetic
 * could do at most, and what the speed of kernels is a share of.
 */
public interface PeakLoop {
  /** Runs a number of rounds; the value is of no use, but its computation cannot be left out. */
  float run(int rounds);

  /** Floating-point operations of a round; a multiply-add is two. */
  int operationsPerRound();
}
