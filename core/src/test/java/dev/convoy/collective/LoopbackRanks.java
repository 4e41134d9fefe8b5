package dev.convoy.collective;

import dev.convoy.collective.transport.MeshOptions;
import java.util.List;
import java.util.function.Function;

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
    return run(ranks, options -> Collective.open(options, buckets, virtualNodes), work);
  }

  /** Runs all ranks on collectives that {@code open} opens. */
  public static <T> List<T> run(int ranks, Function<MeshOptions, Collective> open, Work<T> work)
      throws Exception {
    if (ranks == 1) {
      try (Collective alone = open.apply(MeshOptions.singleRank())) {
        return List.of(work.run(alone));
      }
    }
    return Ranks.run(
        ranks,
        false,
        options -> {
          try (Collective collective = open.apply(options)) {
            return work.run(collective);
          }
        });
  }
}
