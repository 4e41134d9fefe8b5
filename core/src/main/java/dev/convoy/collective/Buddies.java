package dev.convoy.collective;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which ranks keep a replica of a rank's slices, so that the slices survive the loss of their
 * owner. The replicas of rank r lie on ranks {@code r + stride}, {@code r + 2 stride}, … (mod
 * ranks); a stride beyond the executors of a host puts them on other hosts.
 *
 * @param ranks number of ranks
 * @param replicas of each slice, besides the owner's own; fewer than there are ranks
 * @param stride from a rank to the first one that keeps its replica
 */
public record Buddies(int ranks, int replicas, int stride) {

  public Buddies {
    if (replicas < 0 || replicas >= ranks) {
      throw new IllegalArgumentException(
          "of " + ranks + " ranks, 0 to " + (ranks - 1) + " can keep replicas, not " + replicas);
    }
    if (stride < 1) {
      throw new IllegalArgumentException("a stride is 1 or more, got " + stride);
    }
  }

  /** Returns the buddies of ranks that keep no replicas. */
  public static Buddies none(int ranks) {
    return new Buddies(ranks, 0, 1);
  }

  /**
   * Returns the buddies of ranks on certain hosts: on other hosts if the ranks lie so that one
   * stride fits all, else the next ranks.
   *
   * @param hosts of the ranks, in their order
   * @param wanted replicas, or as many as there are other ranks if those are fewer
   */
  public static Buddies of(List<String> hosts, int wanted) {
    int ranks = hosts.size();
    int replicas = Math.min(wanted, ranks - 1);
    int stride =
        IntStream.range(1, ranks)
            .filter(each -> distinct(ranks, replicas, each) && apart(hosts, replicas, each))
            .findFirst()
            .orElse(1);
    return new Buddies(ranks, replicas, stride);
  }

  /** Returns whether the replicas of a slice lie on different ranks, none of them the owner. */
  private static boolean distinct(int ranks, int replicas, int stride) {
    return IntStream.rangeClosed(0, replicas).map(i -> i * stride % ranks).distinct().count()
        == replicas + 1;
  }

  /** Returns whether no replica lies on its owner's host. */
  private static boolean apart(List<String> hosts, int replicas, int stride) {
    int ranks = hosts.size();
    return IntStream.range(0, ranks)
        .allMatch(
            rank ->
                IntStream.rangeClosed(1, replicas)
                    .mapToObj(i -> hosts.get((rank + i * stride) % ranks))
                    .noneMatch(hosts.get(rank)::equals));
  }

  /** Returns the ranks that keep a replica of a rank's slices. */
  public List<Integer> keepers(int rank) {
    return IntStream.rangeClosed(1, replicas).mapToObj(i -> (rank + i * stride) % ranks).toList();
  }

  /** Returns the ranks whose slices a rank keeps a replica of. */
  public List<Integer> owners(int rank) {
    return IntStream.rangeClosed(1, replicas)
        .mapToObj(i -> Math.floorMod(rank - i * stride, ranks))
        .toList();
  }

  /** Returns the ranks that a rank sends its slices' sums to, or receives them from. */
  SortedSet<Integer> partners(int rank) {
    SortedSet<Integer> partners = new TreeSet<>(keepers(rank));
    partners.addAll(owners(rank));
    return partners;
  }
}
