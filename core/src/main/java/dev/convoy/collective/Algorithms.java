package dev.convoy.collective;

import java.util.List;

/**
 * The algorithms of the collective operations. The first one on a list that suits the number of
 * ranks (and of floats) is used, so all ranks choose alike before they are connected. Which one it
 * is changes no bit of any result.
 */
final class Algorithms {
  static final List<ReduceScatter.Algorithm> REDUCE_SCATTERS =
      List.of(RecursiveHalving.ALGORITHM, DirectReduceScatter.ALGORITHM, FoldedHalving.ALGORITHM);

  static final List<AllGather.Algorithm> ALL_GATHERS =
      List.of(RecursiveDoubling.ALGORITHM, DirectAllGather.ALGORITHM, BruckAllGather.ALGORITHM);

  private Algorithms() {}

  static ReduceScatter.Algorithm reduceScatter(int ranks, int floats) {
    return REDUCE_SCATTERS.stream()
        .filter(each -> each.supports(ranks) && each.suits(ranks, floats))
        .findFirst()
        .orElseThrow();
  }

  static AllGather.Algorithm allGather(int ranks) {
    return ALL_GATHERS.stream()
        .filter(each -> each.supports(ranks) && each.suits(ranks))
        .findFirst()
        .orElseThrow();
  }
}
