package dev.convoy.collective;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sets of ranks. */
final class Partners {
  private Partners() {}

  /** Returns all ranks but one. */
  static SortedSet<Integer> all(int ranks, int but) {
    return IntStream.range(0, ranks)
        .filter(rank -> rank != but)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
