package dev.convoy.collective;

import java.util.ArrayList;
import java.util.List;

/**
 * The assignment of a run's virtual nodes to its ranks: contiguous blocks whose sizes differ by at
 * most one unit; the first ranks have the larger ones.
 *
 * @param count number of virtual nodes, a power of two
 * @param ranks number of ranks, 1 to {@code count / unit}
 * @param unit number of consecutive virtual nodes that are never split between ranks, a power of
 *     two
 */
public record VirtualNodes(int count, int ranks, int unit) {

  /** Assigns nodes one by one. */
  public VirtualNodes(int count, int ranks) {
    this(count, ranks, 1);
  }

  public VirtualNodes {
    if (count < 1 || Integer.bitCount(count) != 1) {
      throw new IllegalArgumentException(
          "the number of virtual nodes must be a power of two (1, 2, 4, 8, …), got " + count);
    }
    if (ranks < 1) {
      throw new IllegalArgumentException("there must be at least 1 rank, got " + ranks);
    }
    if (ranks > count) {
      throw new IllegalArgumentException(
          "every rank needs a virtual node of its own: "
              + ranks
              + " ranks, but only "
              + count
              + " virtual nodes; use at most "
              + count
              + " ranks or at least "
              + ranks
              + " virtual nodes");
    }
    if (unit < 1 || Integer.bitCount(unit) != 1 || ranks > count / unit) {
      throw new IllegalArgumentException(
          ranks
              + " ranks cannot share "
              + count
              + " virtual nodes in units of "
              + unit
              + ": expected a power of two, and at least one unit for each rank");
    }
  }

  /** Returns the virtual nodes that {@code rank} computes. */
  public Range block(int rank) {
    checkRank(rank);
    Range units = Range.share(count / unit, ranks, rank);
    return new Range(units.from() * unit, units.to() * unit);
  }

  /**
   * Returns the maximal aligned subtrees inside the block of {@code rank}, ascending: the sums that
   * the rank may compute on its own without changing a bit of the total. There are at most {@code 2
   * log2(count)}, and exactly one if the number of ranks is a power of two, too.
   */
  public List<Subtree> subtrees(int rank) {
    return cover(block(rank));
  }

  /** Returns the smallest set of aligned subtrees that covers {@code nodes}, ascending. */
  static List<Subtree> cover(Range nodes) {
    List<Subtree> subtrees = new ArrayList<>();
    int first = nodes.from();
    while (first < nodes.to()) {
      int size = Integer.highestOneBit(nodes.to() - first);
      if (first != 0) {
        size = Math.min(size, Integer.lowestOneBit(first));
      }
      subtrees.add(new Subtree(first, size));
      first += size;
    }
    return List.copyOf(subtrees);
  }

  private void checkRank(int rank) {
    if (rank < 0 || rank >= ranks) {
      throw new IllegalArgumentException(
          "ranks are numbered 0 to " + (ranks - 1) + ", got " + rank);
    }
  }
}
