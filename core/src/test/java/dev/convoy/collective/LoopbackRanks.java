package dev.convoy.collective;

import dev.convoy.collective.transport.MeshOptions;
import java.util.List;

/** Collectives of several ranks for tests of what stands on them: threads and real sockets. */
public final class LoopbackRanks {
  private LoopbackRanks() {}

  /** What one rank does with its collective. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Collective collective) throws Exception;
  }

  /** Runs all ranks and returns what they return, in their order. */
  public static <T> List<T> run(int ranks, int vectorLength, int virtualNodes, Work<T> work)
      throws Exception {
    return run(ranks, Buckets.single(vectorLength), virtualNodes, work);
  }

  /** Runs all ranks on a vector in buckets and returns what they return, in their order. */
  public static <T> List<T> run(int ranks, Buckets buckets, int virtualNodes, Work<T> work)
      throws Exception {
    return run(
        ranks,
        new CollectivePlan(new VirtualNodes(virtualNodes, ranks), buckets),
        Rounding.NONE,
        work);
  }

  /** Runs all ranks of a plan and returns what they return, in their order. */
  public static <T> List<T> run(int ranks, CollectivePlan plan, Rounding rounding, Work<T> work)
      throws Exception {
    if (ranks == 1) {
      try (Collective alone = Collective.open(MeshOptions.singleRank(), plan, rounding)) {
        return List.of(work.run(alone));
      }
    }
    return Ranks.run(
        ranks,
        false,
        options -> {
          try (Collective collective = Collective.open(options, plan, rounding)) {
            return work.run(collective);
          }
        });
  }
}
