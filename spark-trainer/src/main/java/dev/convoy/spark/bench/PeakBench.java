package dev.convoy.spark.bench;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.PeakLoop;

/** Times fused multiply-adds on registers alone: the upper bound of everything else. */
public final class PeakBench {
  /** Some milliseconds: short enough to be compiled soon, long enough for the clock. */
  private static final int ROUNDS = 1 << 20;

  private PeakBench() {}

  /** Returns the measurement as one line of JSON. */
  public static String json(Kernels kernels, int threads, Span warmUp, Span timed, String version)
      throws Exception {
    Timing timing = run(kernels, threads, warmUp, timed);
    return new ResultLine(version)
        .ranBy(kernels, threads)
        .put("unit", "GFLOP/s")
        .put("peak", timing.perSecond(gigaOperations(kernels, threads)))
        .put("other_cores", timing.otherCores())
        .json();
  }

  /** Times steps in which each thread runs the loop. */
  static Timing run(Kernels kernels, int threads, Span warmUp, Span timed) throws Exception {
    PeakLoop loop = kernels.peak();
    float[] sink = new float[threads];
    try (ThreadTeam team = new ThreadTeam(threads)) {
      return Timing.of(
          warmUp, timed, step -> team.run(worker -> sink[worker.index()] += loop.run(ROUNDS)));
    }
  }

  /** Returns the floating-point operations of a step, in billions. */
  static double gigaOperations(Kernels kernels, int threads) {
    return 1e-9 * ROUNDS * kernels.peak().operationsPerRound() * threads;
  }
}
